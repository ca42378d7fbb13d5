/** What the OpenAPI document says beyond what stands at each route. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Microlift",
                        version = "1",
                        description =
                                "A/B experimentation for micro-conversions: journeys, lift and significance per micro"
                                        + " step and for the goal.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)),
        tags = {
            @Tag(name = "Journeys", description = "Which steps lead to which goal"),
            @Tag(
                    name = "Experiments",
                    description = "Variants, whom they are for, and their life from draft to archive"),
            @Tag(name = "Layers", description = "Experiments that must not meet share the buckets of a layer"),
            @Tag(
                    name = "Holdouts",
                    description = "Units that are kept out of many experiments, to compare all of these with"),
            @Tag(name = "Evaluation", description = "Variants for units, by OpenFeature's Remote Evaluation Protocol"),
            @Tag(name = "SDK configuration", description = "Experiments as GrowthBook's SDKs read them"),
            @Tag(name = "Tracking", description = "Events and exposures in, what became of them, and what was refused"),
            @Tag(name = "Events", description = "Which events were seen"),
            @Tag(name = "Exposures", description = "Which exposures were seen, of experiments of any name"),
            @Tag(
                    name = "Reports",
                    description = "Lift and significance per micro step and for the goal, and what can be believed"),
            @Tag(name = "Planning", description = "How many units an experiment needs"),
            @Tag(name = "Audiences", description = "Units by how far they came"),
            @Tag(name = "Alerts", description = "What needs somebody's eye, and who is told"),
            @Tag(name = "Privacy", description = "What is stored of a unit, its erasure, and how long events are kept"),
            @Tag(name = "Keys", description = "Who may do what"),
            @Tag(name = "Audit", description = "Who changed what")
        })
@NullMarked
package dev.microlift.server.openapi;

import dev.microlift.server.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.NullMarked;
