def said = new File(basedir, 'target/said').text
assert said =~ /(?m)^learnt: error 0\.00\d+, weights [0-9a-f]{8}$/
