package opd.story;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.AuditEvent.SlotCancelled;
import opd.decision.AuditEvent.SlotDelayed;
import opd.decision.AuditEvent.SlotOpened;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.AuditEvent.TokenCancelled;
import opd.decision.AuditEvent.TokenCompleted;
import opd.decision.AuditEvent.TokenDisplaced;
import opd.decision.AuditEvent.TokenNoShow;
import opd.decision.AuditEvent.TokenReallocated;
import opd.decision.AuditEvent.TokenReinstated;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.record.FactsReader;
import opd.record.StoredEntry;
import org.jspecify.annotations.Nullable;

/// Tells the life of one token in plain sentences that a patient's family could be shown: who asked
/// for what, how the queue was, which rule decided, who lost a place and why that one, and what
/// could have been done since. Everything comes from the log.
public final class TokenStory {
  private final TokenLabel label;
  private final long patientId;
  private final String request;
  private final SentenceList telling = new SentenceList();
  private final AllocationStory claims;
  private final ServingStory serving;
  private final Phrases phrases;
  private final PlaceCount places = new PlaceCount();
  private @Nullable TokenStatus status;
  private TokenPriority priority;
  private @Nullable TokenLabel successor;
  private AllocationStory.@Nullable Granted granted;
  private @Nullable StoredEntry cancellation;
  private @Nullable StoredEntry change;
  // The command that takes back how it ended, or null where none does.
  private @Nullable String takenBackWith;
  private boolean isChanceTold;

  private TokenStory(Token token, String request, ZoneId zone) {
    this.label = token.label();
    this.patientId = token.patientId();
    this.priority = token.priority();
    this.request = request;
    this.phrases = new Phrases(zone);
    this.claims = new AllocationStory(label, telling, phrases);
    this.serving = new ServingStory(label.sequence(), telling, phrases);
  }

  /// @param entries the whole chain of the token's slot, and those of other slots that concern its
  ///   patient, by id
  /// @param zone in which times are told
  public static List<Sentence> of(Token token, List<StoredEntry> entries, ZoneId zone) {
    String request =
        entries.stream()
            .filter(entry -> token.label().equals(entry.token()))
            .map(StoredEntry::requestId)
            .findFirst()
            .orElse("");
    TokenStory story = new TokenStory(token, request, zone);
    entries.forEach(story::tell);
    story.tellWhatCanBeDone();
    return story.telling.sentences();
  }

  private void tell(StoredEntry entry) {
    Optional<AuditEvent> event = FactsReader.read(entry.kind(), entry.rule(), entry.facts());
    if (event.isEmpty()) {
      say("Entry %d cannot be read: see 'opd audit verify'.".formatted(entry.id()), entry);
      return;
    }
    boolean isHere = label.slot().equals(entry.slot());
    if (label.equals(entry.token())) {
      places.count(event.get());
      tellOwn(entry, event.get());
    } else if (event.get() instanceof AllocationRejected rejected && concerns(entry, rejected)) {
      claims.refused(entry, rejected);
    } else if (isHere) {
      places.count(event.get());
      tellOfSlot(entry, event.get());
    }
  }

  private boolean concerns(StoredEntry entry, AllocationRejected rejected) {
    Long patient = entry.patientId();
    return patient != null
        && patient == patientId
        && (label.slot().equals(entry.slot())
            || label.equals(rejected.reallocatedFrom())
            || label.equals(rejected.movedFrom())
            || request.equals(entry.requestId()));
  }

  private void tellOwn(StoredEntry entry, AuditEvent event) {
    switch (event) {
      case TokenAllocated allocated -> {
        priority = allocated.claim().priority();
        claims.allocated(entry, allocated);
        status = TokenStatus.ACTIVE;
      }
      case TokenReinstated reinstated -> {
        claims.reinstated(entry, reinstated);
        status = TokenStatus.ACTIVE;
      }
      case TokenDisplaced displaced -> tellDisplaced(entry, displaced);
      case TokenCancelled cancelled -> tellCancelled(entry, cancelled);
      case TokenNoShow _ -> {
        takenBackWith = undo();
        become(
            TokenStatus.NO_SHOW,
            phrases.when(entry) + " noted that the patient did not come.",
            entry);
      }
      case TokenCompleted(boolean withSlot) -> {
        takenBackWith = withSlot ? "slot reopen " + label.slot() : undo();
        become(
            TokenStatus.COMPLETED,
            withSlot
                ? phrases.when(entry) + " completed the whole slot, and this token with it."
                : phrases.when(entry) + " noted that the patient was seen.",
            entry);
      }
      case AuditEvent.ChangeUndone undone -> tellUndone(entry, undone);
      case AuditEvent.TokenArrived arrived -> serving.arrived(entry, arrived);
      case AuditEvent.TokenCalled called -> serving.called(entry, called);
      case AuditEvent.TokenParked parked -> serving.parked(entry, parked);
      case AuditEvent.TokenReturned returned -> serving.returned(entry, returned);
      case TokenReallocated(TokenLabel to) -> {
        successor = to;
        say(
            "%s gave the patient another place: %s stands for it from then on."
                .formatted(phrases.when(entry), to),
            entry);
      }
      case ChangeRejected rejected ->
          say(
              "%s asked to %s, which was refused: %s."
                  .formatted(phrases.when(entry), Phrases.change(rejected), Phrases.why(rejected)),
              entry);
      case SlotOpened _,
          SlotDelayed _,
          SlotCancelled _,
          AuditEvent.SlotCompleted _,
          AuditEvent.SlotChanged _,
          AuditEvent.SlotReopened _,
          AllocationRejected _,
          AuditEvent.OutsideSlots _ ->
          tellOfSlot(entry, event);
    }
  }

  private void tellDisplaced(StoredEntry entry, TokenDisplaced displaced) {
    isChanceTold = false;
    AllocationStory.Granted by = granted;
    if (displaced.by() == null && change != null && isOfRequest(entry, change)) {
      become(
          TokenStatus.DISPLACED,
          "The places left went to higher priorities and to who had come before, so this token lost"
              + " its own. It is kept as DISPLACED with its number (rule 4) and is owed a place.",
          entry);
      return;
    }
    if (displaced.by() == null || by == null) {
      StoredEntry slotEntry = cancellation == null ? entry : cancellation;
      say(
          "%s cancelled the whole slot%s."
              .formatted(phrases.when(entry), Phrases.reason(slotEntry)),
          slotEntry);
      become(
          TokenStatus.DISPLACED,
          "The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4)"
              + " and is owed a place elsewhere.",
          entry);
      return;
    }
    claims.displaced(entry, by, displaced.by(), priority);
    status = TokenStatus.DISPLACED;
  }

  private static boolean isOfRequest(StoredEntry entry, StoredEntry other) {
    return entry.requestId().equals(other.requestId());
  }

  private void tellUndone(StoredEntry entry, AuditEvent.ChangeUndone undone) {
    isChanceTold = false;
    become(
        undone.status(),
        undone.reason() == null
            ? "It was %s by the closing alone, and has its place again with its number %d."
                .formatted(undone.before(), label.sequence())
            : "%s took back that it was %s%s. It is %s again, with its number %d."
                .formatted(
                    phrases.when(entry),
                    undone.before(),
                    Phrases.reason(entry),
                    undone.status(),
                    label.sequence()),
        entry);
    if (undone.holds() != null) {
      say(Phrases.holding(undone.holds()), entry);
    }
  }

  private void tellCancelled(StoredEntry entry, TokenCancelled cancelled) {
    takenBackWith = cancelled.replaced() || cancelled.movedTo() != null ? null : undo();
    if (cancelled.movedTo() != null) {
      become(
          TokenStatus.CANCELLED,
          "%s gave it up for a place in another slot: %s stands for it from then on."
              .formatted(phrases.when(entry), cancelled.movedTo()),
          entry);
      return;
    }
    become(
        TokenStatus.CANCELLED,
        cancelled.replaced()
            ? phrases.when(entry) + " gave it up for a token of another priority."
            : "%s cancelled it%s.".formatted(phrases.when(entry), Phrases.reason(entry)),
        entry);
  }

  private void tellOfSlot(StoredEntry entry, AuditEvent event) {
    switch (event) {
      case SlotOpened opened ->
          say(
              "%s opened %s, from %s to %s, with %s."
                  .formatted(
                      phrases.when(entry),
                      label.slot(),
                      phrases.minute(opened.start()),
                      phrases.minute(opened.end()),
                      Phrases.places(opened.capacity())),
              entry);
      case SlotDelayed(int minutes, int _) when status == TokenStatus.ACTIVE ->
          say(
              minutes == 0
                  ? phrases.when(entry) + " put the slot back on schedule."
                  : "%s delayed the slot by %d minutes; the order of the queue stayed."
                      .formatted(phrases.when(entry), minutes),
              entry);
      case AuditEvent.TokenCalled called when status == TokenStatus.ACTIVE ->
          serving.calledAnother(entry, called);
      case SlotCancelled _ -> cancellation = entry;
      case AuditEvent.SlotChanged changed -> tellSlotChanged(entry, changed);
      case AuditEvent.SlotReopened reopened when status != null ->
          say(
              "%s opened the slot again, which had been %s%s."
                  .formatted(phrases.when(entry), reopened.before(), Phrases.reason(entry)),
              entry);
      case TokenAllocated allocated ->
          granted = new AllocationStory.Granted(entry, allocated.claim());
      case TokenReinstated reinstated ->
          granted = new AllocationStory.Granted(entry, reinstated.claim());
      case TokenCancelled cancelled
          when cancelled.before() == TokenStatus.ACTIVE && !cancelled.replaced() ->
          tellOthersPlace(entry, "was cancelled");
      case TokenNoShow _ -> tellOthersPlace(entry, "did not come");
      case TokenCompleted(boolean withSlot) when !withSlot -> tellOthersPlace(entry, "was seen");
      // None of these changes what this token holds or waits for.
      case SlotDelayed _,
          AuditEvent.SlotCompleted _,
          AuditEvent.SlotReopened _,
          TokenDisplaced _,
          TokenCancelled _,
          TokenCompleted _,
          TokenReallocated _,
          AuditEvent.ChangeUndone _,
          AuditEvent.ServingEvent _,
          AllocationRejected _,
          ChangeRejected _,
          AuditEvent.OutsideSlots _ -> {}
    }
  }

  private void tellSlotChanged(StoredEntry entry, AuditEvent.SlotChanged changed) {
    change = entry;
    if (status != TokenStatus.ACTIVE && status != TokenStatus.DISPLACED) {
      return;
    }
    String places =
        changed.capacity() == changed.capacityBefore()
            ? ""
            : "gave the slot %s instead of %d"
                .formatted(Phrases.places(changed.capacity()), changed.capacityBefore());
    String end =
        changed.end().equals(changed.endBefore())
            ? ""
            : "let the slot end on %s instead of %s"
                .formatted(phrases.minute(changed.end()), phrases.minute(changed.endBefore()));
    String both = places.isEmpty() || end.isEmpty() ? places + end : places + ", and " + end;
    if (!both.isEmpty()) {
      say("%s %s.".formatted(phrases.when(entry), both), entry);
    }
    tellPlaces(entry);
  }

  private void tellPlaces(StoredEntry entry) {
    tellChance(entry, "So a place became free.");
  }

  private void tellOthersPlace(StoredEntry entry, String what) {
    tellChance(
        entry,
        "On %s a place became free, as %s %s."
            .formatted(phrases.second(entry.at()), Phrases.label(entry.token()), what));
  }

  /// A place became free while the token waited for one.
  private void tellChance(StoredEntry entry, String how) {
    boolean isWaiting = status == TokenStatus.DISPLACED && successor == null;
    if (!isWaiting || isChanceTold || !places.hasFree()) {
      return;
    }
    isChanceTold = true;
    say(
        how
            + " Nobody moves up without being asked for: from then on 'opd reallocate %s' could have given it back."
                .formatted(label),
        entry);
  }

  private String undo() {
    return "undo " + label;
  }

  private void tellWhatCanBeDone() {
    TokenStatus present = status;
    if (present == null) {
      say("The log does not tell of this token: see 'opd audit verify'.");
      return;
    }
    switch (present) {
      case ACTIVE -> say("It holds its place.");
      case CANCELLED, NO_SHOW, COMPLETED ->
          say(
              takenBackWith == null
                  ? "It is %s, which is final.".formatted(present)
                  : "It is %s. If that was a mistake: 'opd %s --reason …'."
                      .formatted(present, takenBackWith));
      case DISPLACED ->
          say(
              successor != null
                  ? "What can still be done, is done with %s.".formatted(successor)
                  : !places.isOpen()
                      ? "It waits for a place: 'opd reallocate %s' looks for one in a later slot of the day."
                          .formatted(label)
                      : places.hasFree()
                          ? "It waits, and a place is free: 'opd reallocate %s' gives it back."
                              .formatted(label)
                          : "It waits, and its slot is full: 'opd reallocate %s' looks for a place in a later slot of the day."
                              .formatted(label));
    }
  }

  private void become(TokenStatus changed, String text, StoredEntry entry) {
    status = changed;
    say(text, entry);
  }

  private void say(String text, StoredEntry... entries) {
    telling.say(text, entries);
  }
}
