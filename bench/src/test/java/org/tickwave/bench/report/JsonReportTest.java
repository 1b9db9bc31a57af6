package org.tickwave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    @Test
    void aNumberThatJsonDoesNotHaveIsNull() {
        assertEquals(JsonNull.INSTANCE, JsonReport.number(Double.NaN));
        assertEquals(JsonNull.INSTANCE, JsonReport.number(Double.POSITIVE_INFINITY));
        assertEquals(JsonNull.INSTANCE, JsonReport.number(Double.NEGATIVE_INFINITY));
        assertEquals(new JsonPrimitive(.5), JsonReport.number(.5));
    }
}
