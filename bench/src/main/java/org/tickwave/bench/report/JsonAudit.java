package org.tickwave.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.audit.AuditReport.Projection;
import org.tickwave.bench.audit.Reading;

/** The audits of the gradient in a report's JSON. */
final class JsonAudit {
    private JsonAudit() {
    }

    /** Null if there is no audit. */
    static JsonElement of(final AuditReport audit) {
        if (audit == null) {
            return JsonNull.INSTANCE;
        }
        final JsonObject json = new JsonObject();
        json.addProperty("every", audit.every());
        json.addProperty("audits_done", audit.done());
        json.addProperty("audits_skipped", audit.skipped());
        json.add("copy_ns", JsonReport.percentiles(audit.copyNs()));
        json.add("audit_ns", JsonReport.percentiles(audit.auditNs()));
        final JsonArray projections = new JsonArray();
        audit.projections().forEach(projection -> projections.add(of(projection)));
        json.add("projections", projections);
        return json;
    }

    private static JsonObject of(final Projection projection) {
        final JsonObject json = new JsonObject();
        json.addProperty("from", projection.from());
        json.addProperty("to", projection.to());
        error(json, "relative_today", projection, Reading.RELATIVE_TODAY);
        error(json, "relative_met", projection, Reading.RELATIVE_MET);
        json.add("cosine_today", JsonReport.number(projection.mean(Reading.COSINE_TODAY)));
        json.add("cosine_met", JsonReport.number(projection.mean(Reading.COSINE_MET)));
        error(json, "forward", projection, Reading.FORWARD);
        error(json, "backward", projection, Reading.BACKWARD);
        error(json, "delay", projection, Reading.DELAY);
        return json;
    }

    private static void error(final JsonObject json, final String name, final Projection projection, final Reading reading) {
        json.add(name, JsonReport.number(projection.median(reading)));
        json.add(name + "_p99", JsonReport.number(projection.percentile(reading, 99)));
    }
}
