-- Where an exposure says that its unit came from, as one text: source, medium, click id and referrer.
concat_ws(
  chr(31),
  lower(coalesce(json_extract_string(e.context, '/campaign/source'), regexp_extract({url}, '[?&]utm_source=([^&#]*)', 1), '')),
  lower(coalesce(json_extract_string(e.context, '/campaign/medium'), regexp_extract({url}, '[?&]utm_medium=([^&#]*)', 1), '')),
  coalesce(regexp_extract({url}, '[?&](gclid|gbraid|wbraid|msclkid|yclid|dclid|ttclid|twclid|li_fat_id|epik|rdt_cid|sccid|fbclid|igshid)=', 1), ''),
  case
    when regexp_extract({referrer}, '{host}', 1) = regexp_extract({url}, '{host}', 1) then ''
    else lower(coalesce(regexp_extract({referrer}, '{host}', 1), ''))
  end
)
