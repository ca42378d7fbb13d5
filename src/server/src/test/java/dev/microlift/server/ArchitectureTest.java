package dev.microlift.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchPredicates;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.microlift.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_HAVE_NO_CYCLES =
            slices().matching("dev.microlift.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule DEPENDENCIES_FOLLOW_THE_ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ingest")
            .definedBy("..server.ingest..")
            .layer("eventlog")
            .definedBy("..server.eventlog..")
            .layer("eventstore")
            .definedBy("..server.eventstore..")
            .layer("analysis")
            .definedBy("..server.analysis..")
            .layer("report")
            .definedBy("..server.report..")
            .layer("audience")
            .definedBy("..server.audience..")
            .layer("planning")
            .definedBy("..server.planning..")
            .layer("unitfacts")
            .definedBy("..server.unitfacts..")
            .layer("evaluation")
            .definedBy("..server.evaluation..")
            .layer("sdkconfig")
            .definedBy("..server.sdkconfig..")
            .layer("experiment")
            .definedBy("..server.experiment..")
            .layer("journey")
            .definedBy("..server.journey..")
            .layer("audit")
            .definedBy("..server.audit..")
            .layer("reject")
            .definedBy("..server.reject..")
            .layer("privacy")
            .definedBy("..server.privacy..")
            .layer("alert")
            .definedBy("..server.alert..")
            .layer("simulator")
            .definedBy("..server.simulator..")
            .layer("backup")
            .definedBy("..server.backup..")
            .layer("launch")
            .definedBy("..server.launch..")
            .whereLayer("alert")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("audience")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("privacy")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("audience", "privacy", "alert")
            .whereLayer("planning")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("planning")
            .mayOnlyAccessLayers("journey", "analysis")
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("alert", "evaluation")
            .whereLayer("sdkconfig")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("evaluation")
            .mayOnlyBeAccessedByLayers("sdkconfig")
            .whereLayer("analysis")
            .mayOnlyBeAccessedByLayers("report", "planning", "audience", "unitfacts", "alert")
            .whereLayer("unitfacts")
            .mayOnlyBeAccessedByLayers("evaluation", "privacy")
            .whereLayer("eventstore")
            .mayOnlyBeAccessedByLayers("analysis", "launch", "privacy")
            .whereLayer("eventlog")
            .mayOnlyBeAccessedByLayers(
                    "ingest", "eventstore", "unitfacts", "evaluation", "audience", "backup", "launch", "privacy")
            .whereLayer("experiment")
            .mayOnlyBeAccessedByLayers("report", "audience", "evaluation", "sdkconfig", "privacy", "alert")
            .whereLayer("journey")
            .mayOnlyBeAccessedByLayers(
                    "experiment", "analysis", "unitfacts", "evaluation", "report", "audience", "planning")
            .whereLayer("audit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("audit")
            .mayNotAccessAnyLayer()
            .whereLayer("reject")
            .mayOnlyBeAccessedByLayers("ingest", "privacy")
            .whereLayer("reject")
            .mayNotAccessAnyLayer()
            .whereLayer("backup")
            .mayOnlyAccessLayers("eventlog")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("simulator")
            .mayOnlyBeAccessedByLayers("launch");

    @ArchTest
    static final ArchRule ONLY_A_FEW_SPEAK_SQL = noClasses()
            .that(not(resideInAPackage("..eventstore..")
                    .or(resideInAPackage("..analysis.."))
                    // Tables are written anew outside of any transaction.
                    .or(simpleName("DeletedRows"))
                    // Both work while no application runs.
                    .or(resideInAPackage("..backup.."))
                    .or(resideInAPackage("..launch.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule ONLY_RESOURCES_AND_PROBLEMS_SPEAK_HTTP = noClasses()
            .that(not(resideInAPackage("..problem..").or(outermost(simpleNameEndingWith("Resource")))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule ENTITIES_STAY_INSIDE_THEIR_FEATURE =
            classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NO_ENTITY_IN_A_RESOURCE = noClasses()
            .that(outermost(simpleNameEndingWith("Resource")))
            .should()
            .dependOnClassesThat()
            .areAnnotatedWith(Entity.class);

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("..launch..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule EVERY_ROUTE_SAYS_WHO_MAY_CALL_IT = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .should()
            .beAnnotatedWith(RolesAllowed.class)
            .orShould()
            .beAnnotatedWith(PermitAll.class)
            .orShould()
            .beDeclaredInClassesThat(ArchPredicates.are(DescribedPredicate.describe(
                    "annotated with a role",
                    (JavaClass owner) ->
                            owner.isAnnotatedWith(RolesAllowed.class) || owner.isAnnotatedWith(PermitAll.class))));

    private static DescribedPredicate<JavaClass> outermost(DescribedPredicate<? super JavaClass> predicate) {
        return DescribedPredicate.describe("outermost class " + predicate.getDescription(), type -> {
            JavaClass outer = type;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return predicate.test(outer);
        });
    }
}
