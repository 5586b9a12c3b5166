package io.wager.api.requeuejob;

import io.wager.api.repair.Eligibility;
import io.wager.api.repair.Refusal;
import io.wager.api.requeuejob.DryRunResponse.Refused;
import io.wager.api.requeuejob.SelectionRepository.Selected;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells what a job would do, page by page: holds one page of ids, one body, and a few ids for each reason. */
@Component
final class DryRun {

    private static final int SAMPLES = 5;

    private final SelectionRepository selections;
    private final Eligibility eligibility;

    DryRun(SelectionRepository selections, Eligibility eligibility) {
        this.selections = selections;
        this.eligibility = eligibility;
    }

    DryRunResponse run(Selection selection) {
        var upTo = selections.last();
        var through = selections.beforeFirst();
        Map<Refusal, Tally> refused = new EnumMap<>(Refusal.class);
        Set<UUID> missing = new HashSet<>(selection instanceof Selection.Ids named ? named.ids() : List.of());
        var selected = 0;
        var eligible = 0;
        while (through < upTo) {
            var piece = selections.piece(selection, through, upTo, Eligibility.MAX_LETTERS);
            var ids = piece.letters().stream().map(Selected::id).toList();
            selected += ids.size();
            for (var judgement : eligibility.judge(ids, null)) {
                var refusal = judgement.refusal();
                if (refusal == null) {
                    eligible++;
                } else {
                    refused.computeIfAbsent(refusal, reason -> new Tally()).add(judgement.deadLetterId());
                }
            }
            ids.forEach(missing::remove);
            through = piece.through();
        }
        missing.forEach(id ->
                refused.computeIfAbsent(Refusal.UNKNOWN, reason -> new Tally()).add(id));
        return new DryRunResponse(
                true,
                selected + missing.size(),
                eligible,
                refused.entrySet().stream()
                        .map(entry -> new Refused(
                                entry.getKey().wireForm(),
                                entry.getValue().count,
                                List.copyOf(entry.getValue().samples)))
                        .toList());
    }

    /** How many, and the first of them. */
    private static final class Tally {
        private final List<UUID> samples = new ArrayList<>();
        private int count;

        void add(UUID id) {
            count++;
            if (samples.size() < SAMPLES) {
                samples.add(id);
            }
        }
    }
}
