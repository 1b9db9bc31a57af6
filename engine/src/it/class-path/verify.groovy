def said = new File(basedir, 'target/said').text
assert said =~ /(?m)^learnt: error 0\.00\d+, weights [0-9a-f]{8}$/

def without = new File(basedir, 'target/said-without-the-flag').text
assert without.contains('java.lang.IllegalStateException: the Vector API is missing: expected the JVM\'s flag '
    + '--add-modules jdk.incubator.vector, before the name of the main class' + System.lineSeparator())
assert !without.contains('NoClassDefFoundError')
assert !without.contains('learnt')

// The program has the engine and its dependencies, and nothing else.
def jars = new File(basedir, 'target/lib').list().collect { it.replaceFirst(/-[0-9.]+\.jar$/, '') }.sort()
assert jars == ['agrona', 'class-path', 'tickwave-engine']

// A program that makes checkpoints and is killed goes on with the same bits.
def killed = new File(basedir, 'target/said-killed').text
// Three of four processes are killed after a checkpoint of their own.
assert killed =~ /(?m)^killed 20 times, resumed (1[5-9]|20) times, further 15 times/
assert killed =~ /(?m)^the same bits$/
