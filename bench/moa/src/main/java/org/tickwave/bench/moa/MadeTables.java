package org.tickwave.bench.moa;

import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.util.List;
import java.util.stream.IntStream;
import moa.options.AbstractOptionHandler;
import moa.streams.ConceptDriftStream;
import moa.streams.InstanceStream;
import moa.streams.generators.AgrawalGenerator;
import moa.streams.generators.LEDGenerator;
import moa.streams.generators.RandomRBFGeneratorDrift;
import org.tickwave.bench.rows.RowTable;

/** Tables that MOA's generators make. What is not named here is MOA's default, also the seeds. */
final class MadeTables {
    /** The two concepts of the table with a drift, and the share of the rows in which one goes over into the other. */
    private static final String BEFORE = "generators.SEAGenerator -f 1";
    private static final String AFTER = "generators.SEAGenerator -f 4";
    private static final int WIDTH_SHARE = 10;
    /** How far the centres move in a row. */
    private static final double SPEED = .001;

    private MadeTables() {
    }

    static List<RowTable> all(final int rows) {
        return List.of(
            table("SEA, the concept drifts in the middle", sea(rows), rows),
            table("Agrawal", new AgrawalGenerator(), rows),
            table("random RBF, centres move by .001 a row", rbf(), rows),
            table("LED", new LEDGenerator(), rows));
    }

    private static ConceptDriftStream sea(final int rows) {
        final ConceptDriftStream stream = new ConceptDriftStream();
        stream.streamOption.setValueViaCLIString(BEFORE);
        stream.driftstreamOption.setValueViaCLIString(AFTER);
        stream.positionOption.setValue(rows / 2);
        stream.widthOption.setValue(Math.max(1, rows / WIDTH_SHARE));
        return stream;
    }

    private static RandomRBFGeneratorDrift rbf() {
        final RandomRBFGeneratorDrift stream = new RandomRBFGeneratorDrift();
        stream.speedChangeOption.setValue(SPEED);
        return stream;
    }

    /** Generators have the label as their last attribute. */
    private static <S extends AbstractOptionHandler & InstanceStream> RowTable table(final String name, final S stream, final int rows) {
        stream.prepareForUse();
        final InstancesHeader header = stream.getHeader();
        final int columns = header.numAttributes() - 1;
        final double[][] numbers = new double[rows][columns];
        final int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            final Instance instance = stream.nextInstance().getData();
            for (int column = 0; column < columns; column++) {
                numbers[row][column] = instance.value(column);
            }
            labels[row] = (int) instance.classValue();
        }
        return new RowTable(name, IntStream.range(0, columns).mapToObj(c -> MoaRows.column(header.attribute(c))).toList(),
            List.copyOf(header.classAttribute().getAttributeValues()), numbers, labels);
    }
}
