package io.wager.consumer.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.wager.consumer.reconcile.accepted.AcceptedCheck;
import io.wager.consumer.reconcile.accepted.Fate;
import io.wager.consumer.reconcile.finding.Finding;
import io.wager.consumer.reconcile.finding.Findings;
import io.wager.consumer.reconcile.finding.Total;
import io.wager.consumer.reconcile.letter.LettersCheck;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes the report as JSON; docs/reconcile.md says what it holds. */
final class ReportWriter {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final String AS_OF = "Each player, day, letter and wager is as of the moment at which it was read,"
            + " which lies between startedAt and finishedAt.";

    private ReportWriter() {}

    static void write(ReconcileReport report, Writer writer) throws IOException {
        try (var json = JSON.createGenerator(writer)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("startedAt", report.startedAt().toString());
            json.writeStringField("finishedAt", report.finishedAt().toString());
            json.writeStringField("asOf", AS_OF);
            json.writeStringField("result", report.result());
            if (report.problem() != null) {
                json.writeStringField("problem", report.problem());
            }
            json.writeBooleanField("repair", report.isRepair());
            var totals = report.totals();
            json.writeObjectFieldStart("totals");
            json.writeNumberField("players", totals.players());
            json.writeNumberField("days", totals.days());
            json.writeNumberField("dayRows", totals.dayRows());
            json.writeNumberField("wagers", totals.total().count());
            json.writeNumberField("amount", totals.total().amount());
            json.writeNumberField("lookedAtAgain", totals.lookedAtAgain());
            json.writeEndObject();
            writeLetters(json, report.letters());
            if (report.accepted() != null) {
                writeAccepted(json, report.accepted());
            }
            writeFindings(json, report.findings());
            json.writeEndObject();
        }
        writer.write('\n');
        writer.flush();
    }

    /** The report of a run that saw nothing. */
    static void writeNotBegun(String problem, Writer writer) throws IOException {
        try (var json = JSON.createGenerator(writer)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("result", "incomplete");
            json.writeStringField("problem", problem);
            json.writeEndObject();
        }
        writer.write('\n');
        writer.flush();
    }

    private static void writeLetters(JsonGenerator json, LettersCheck letters) throws IOException {
        json.writeObjectFieldStart("deadLetters");
        json.writeArrayFieldStart("counts");
        for (var reason : letters.counts().entrySet()) {
            for (var status : reason.getValue().entrySet()) {
                json.writeStartObject();
                json.writeStringField("reason", reason.getKey());
                json.writeStringField("status", status.getKey());
                json.writeNumberField("count", status.getValue());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeNumberField("conflicts", letters.conflicts());
        json.writeEndObject();
    }

    private static void writeAccepted(JsonGenerator json, AcceptedCheck accepted) throws IOException {
        json.writeObjectFieldStart("accepted");
        json.writeNumberField("lines", accepted.lines());
        json.writeNumberField("broken", accepted.broken());
        for (var fate : Fate.values()) {
            json.writeNumberField(fate.field(), accepted.counts().getOrDefault(fate, 0L));
        }
        json.writeObjectFieldStart("letters");
        for (var status : accepted.letters().entrySet()) {
            json.writeNumberField(status.getKey(), status.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeFindings(JsonGenerator json, Findings findings) throws IOException {
        json.writeObjectFieldStart("findings");
        json.writeNumberField("total", findings.total());
        json.writeNumberField("remaining", findings.remaining());
        json.writeArrayFieldStart("counts");
        for (var count : findings.counts().entrySet()) {
            json.writeStartObject();
            json.writeStringField("kind", count.getKey().wireForm());
            json.writeNumberField("count", count.getValue());
            json.writeNumberField("repaired", findings.repaired().getOrDefault(count.getKey(), 0L));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("listedOfAKind", Findings.LIMIT_OF_A_KIND);
        json.writeArrayFieldStart("list");
        for (var finding : findings.kept()) {
            write(json, finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", finding.kind().wireForm());
        writeText(json, "accountId", finding.accountId());
        writeText(json, "day", finding.day());
        writeText(json, "wagerId", finding.wagerId());
        writeText(json, "deadLetterId", finding.deadLetterId());
        if (finding.line() != null) {
            json.writeNumberField("line", finding.line());
        }
        if (finding.rows() != null) {
            write(json, "stored", finding.stored());
            write(json, "rows", finding.rows());
        }
        writeText(json, "detail", finding.detail());
        if (finding.kind().isRepairable()) {
            json.writeBooleanField("repaired", finding.isRepaired());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable Total total) throws IOException {
        if (total == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("amount", total.amount());
        json.writeNumberField("count", total.count());
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
