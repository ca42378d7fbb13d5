package dev.microlift.server.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the simulator. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 100,
        description = {
            "Plays visitors of a shop against a running server and holds its report against the truth.",
            "",
            "A visitor may search, then view, then cart, then purchase. You state how often control's visitors go on"
                    + " to each step and by how much treatment changes that; rates and changes are written as 0.1 or"
                    + " 10%%.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the run and the report came through, whatever the figures",
            "1:the server cannot be reached or refuses",
            "2:wrong arguments"
        })
public final class SimulateCommand implements Callable<Integer> {

    private final Clock clock;

    @SuppressWarnings("NullAway.Init") // injected before anything else
    @Spec
    private CommandSpec spec;

    @Option(names = "--url", description = "Address of the server. Default: ${DEFAULT-VALUE}")
    private String url = "http://127.0.0.1:8080";

    @Option(
            names = "--key",
            defaultValue = "${env:MICROLIFT_ADMIN_KEY:-}",
            description = "Key of the role admin. Default: the environment's MICROLIFT_ADMIN_KEY")
    private String key = "";

    @Option(names = "--units", description = "How many visitors come. Default: ${DEFAULT-VALUE}")
    private long units = 20_000;

    @Option(names = "--seed", description = "The same seed, the same visitors. Default: another one each second")
    private @Nullable Long seed;

    @Option(names = "--experiment", description = "Key of the experiment; made if absent. Default: shop-<seed>")
    private @Nullable String experiment;

    @Option(names = "--journey", description = "Key of the journey; made if absent. Default: the experiment's key")
    private @Nullable String journey;

    @Option(
            names = "--base",
            paramLabel = "<step>=<rate>",
            converter = {Share.OfStep.class, Share.class},
            description = "How many of those who did the step before do this one, in control."
                    + " Default: search=0.6 view=0.7 cart=0.3 purchase=0.4")
    private Map<ShopStep, Double> base = new LinkedHashMap<>();

    @Option(
            names = "--effect",
            paramLabel = "<step>=<change>",
            converter = {Share.OfStep.class, Share.class},
            description = "Relative change of that rate in treatment. Default: cart=+10%%, or none if any is given")
    private Map<ShopStep, Double> effects = new LinkedHashMap<>();

    @Option(
            names = "--revenue-mean",
            paramLabel = "<amount>",
            description = "Mean value of an order. Default: ${DEFAULT-VALUE}")
    private double meanRevenue = 40;

    @Option(names = "--days", description = "Over how many past days exposures are spread. Default: ${DEFAULT-VALUE}")
    private double days = 3;

    @Option(
            names = "--crossover",
            paramLabel = "<share>",
            converter = Share.class,
            description = "Share of visitors that see both variants. Default: ${DEFAULT-VALUE}")
    private double crossover;

    @Option(
            names = "--srm",
            paramLabel = "<share>",
            converter = Share.class,
            description = "Share of treatment's visitors of which nothing arrives. Default: ${DEFAULT-VALUE}")
    private double lostInTreatment;

    @Option(names = "--batch", description = "Messages a request. Default: ${DEFAULT-VALUE}")
    private int batch = 500;

    @Option(names = "--threads", description = "Requests at a time. Default: ${DEFAULT-VALUE}")
    private int threads = 4;

    @Option(names = "--report-only", description = "Play nothing; only read the report of --experiment.")
    private boolean reportOnly;

    /** @param clock tells when the visits were, and how long the run takes */
    public SimulateCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Simulation simulation = simulation();
        try {
            if (reportOnly) {
                simulation.report();
            } else {
                simulation.run();
            }
            return CommandLine.ExitCode.OK;
        } catch (SimulationException told) {
            spec.commandLine().getErr().println("microlift: " + told.getMessage());
            spec.commandLine().getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Simulation simulation() {
        if (reportOnly && experiment == null && seed == null) {
            throw new ParameterException(spec.commandLine(), "--report-only needs --experiment or --seed");
        }
        try {
            Crowd crowd = new Crowd(units, seed == null ? freshSeed() : seed, spread(), crossover, lostInTreatment);
            String experimentKey = experiment == null ? "shop-" + crowd.seed() : experiment;
            Target target = new Target(url, key);
            return new Simulation(
                    new Caller(target, RetryPolicy.BRISK, Pause.real(), ThreadLocalRandom.current()::nextDouble),
                    new Names(journey == null ? experimentKey : journey, experimentKey),
                    new Shop(base, effects.isEmpty() ? Shop.DEFAULT_EFFECTS : effects, meanRevenue),
                    crowd,
                    new Play.Pace(batch, threads),
                    clock,
                    new Simulation.Output(
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr(),
                            CommandLine.Help.Ansi.AUTO.enabled()));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private long freshSeed() {
        return clock.instant().getEpochSecond();
    }

    private Duration spread() {
        if (!(days >= 0 && days <= Crowd.LONGEST_SPREAD.toDays())) {
            throw new IllegalArgumentException("the days must be from 0 to " + Crowd.LONGEST_SPREAD.toDays());
        }
        return Duration.ofSeconds(Math.round(days * Duration.ofDays(1).toSeconds()));
    }
}
