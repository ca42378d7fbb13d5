package dev.microlift.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import org.jspecify.annotations.Nullable;

/** An answer that everybody gets who has the same outcome, and so nobody may change. */
final class SharedEvaluation extends ProviderEvaluation<Object> {

    SharedEvaluation(Object value, @Nullable String variant, String reason, ImmutableMetadata metadata) {
        super(value, variant, reason, null, null, metadata);
    }

    @Override
    public void setValue(Object value) {
        throw refusal();
    }

    @Override
    public void setVariant(String variant) {
        throw refusal();
    }

    @Override
    public void setReason(String reason) {
        throw refusal();
    }

    @Override
    public void setErrorCode(ErrorCode errorCode) {
        throw refusal();
    }

    @Override
    public void setErrorMessage(String errorMessage) {
        throw refusal();
    }

    @Override
    public void setFlagMetadata(ImmutableMetadata flagMetadata) {
        throw refusal();
    }

    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("this answer is not yours alone; copy it to change it");
    }
}
