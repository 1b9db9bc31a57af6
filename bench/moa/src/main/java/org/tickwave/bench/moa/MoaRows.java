package org.tickwave.bench.moa;

import com.yahoo.labs.samoa.instances.Attribute;
import com.yahoo.labs.samoa.instances.DenseInstance;
import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.Instances;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.rows.Column;
import org.tickwave.bench.rows.RowTable;

/** Turns tables into rows as MOA takes them, and back. The label is the last attribute. Nominal columns stay nominal. */
final class MoaRows {
    private MoaRows() {
    }

    static InstancesHeader header(final RowTable table) {
        final List<Attribute> attributes = new ArrayList<>();
        for (final Column column : table.columns()) {
            attributes.add(column.nominal() ? new Attribute(column.name(), column.values()) : new Attribute(column.name()));
        }
        attributes.add(new Attribute("label", table.labels()));
        final Instances header = new Instances(table.name(), attributes, 0);
        header.setClassIndex(attributes.size() - 1);
        return new InstancesHeader(header);
    }

    /** @param header of the table */
    static Instance[] rows(final RowTable table, final InstancesHeader header) {
        final Instance[] rows = new Instance[table.rows()];
        final int columns = table.columns().size();
        for (int row = 0; row < rows.length; row++) {
            final double[] values = Arrays.copyOf(table.numbers()[row], columns + 1);
            values[columns] = table.labelOf()[row] == RowTable.NO_LABEL ? Double.NaN : table.labelOf()[row];
            rows[row] = new DenseInstance(1, values);
            rows[row].setDataset(header);
        }
        return rows;
    }

    /** @param attribute any attribute but the label */
    static Column column(final Attribute attribute) {
        return attribute.isNominal() ? new Column(attribute.name(), List.copyOf(attribute.getAttributeValues())) : Column.numeric(attribute.name());
    }
}
