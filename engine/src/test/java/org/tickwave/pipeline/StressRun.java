package org.tickwave.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * Runs all jcstress tests in this JVM, which compiles them as it compiles the engine. jcstress's own main class would start some
 * thirty JVMs: twenty to see what the JVM can do, and one for each test.
 */
final class StressRun {
    private StressRun() {
    }

    /** The file for the results, and options of jcstress. */
    public static void main(final String[] args) {
        int code = 1;
        try {
            run(args[0], Arrays.copyOfRange(args, 1, args.length));
            code = 0;
        } catch (final IOException | ReflectiveOperationException e) {
            e.printStackTrace();
        } finally {
            // A thread of a test that hangs would keep the JVM.
            System.exit(code);
        }
    }

    private static void run(final String file, final String[] arguments) throws IOException, ReflectiveOperationException {
        final Options options = new Options(arguments);
        options.parse();
        final DiskWriteCollector results = new DiskWriteCollector(file);
        for (final String name : new TreeSet<>(TestList.tests())) {
            final TestInfo test = TestList.getInfo(name);
            final TestConfig config = new TestConfig(options, test, 0, List.of(), CompileMode.UNIFIED,
                new SchedulingClass(AffinityMode.NONE, test.threads(), NodeType.PACKAGE));
            final TestResult result = ((Runner<?>) Class.forName(config.generatedRunnerName)
                .getConstructor(ForkedTestConfig.class).newInstance(new ForkedTestConfig(config))).run();
            result.setConfig(config);
            results.add(result);
        }
        results.close();
    }
}
