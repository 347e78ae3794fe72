package opd.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.audit.AuditEvent.AllocationRejected;
import opd.audit.AuditEvent.ChangeRejected;
import opd.audit.AuditEvent.SlotCancelled;
import opd.audit.AuditEvent.SlotCompleted;
import opd.audit.AuditEvent.SlotDelayed;
import opd.audit.AuditEvent.SlotOpened;
import opd.audit.AuditEvent.TokenAllocated;
import opd.audit.AuditEvent.TokenCancelled;
import opd.audit.AuditEvent.TokenCompleted;
import opd.audit.AuditEvent.TokenDisplaced;
import opd.audit.AuditEvent.TokenNoShow;
import opd.audit.AuditEvent.TokenReallocated;
import opd.audit.AuditEvent.TokenReinstated;
import opd.domain.Rule;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Tells the life of one token in plain sentences that a patient's family could be shown: who asked
/// for what, how the queue was, which rule decided, who lost a place and why that one, and what
/// could have been done since. Everything comes from the log.
public final class TokenStory {
  /// A claim that was granted, for the victim's own sentence.
  private record Granted(StoredEntry entry, ClaimFacts claim) {}

  private final TokenLabel label;
  private final long patientId;
  private final String request;
  private final List<Sentence> sentences = new ArrayList<>();
  private final PlaceCount places = new PlaceCount();
  private @Nullable TokenStatus status;
  private TokenPriority priority;
  private @Nullable TokenLabel successor;
  private @Nullable Granted granted;
  private @Nullable StoredEntry closing;
  private boolean isChanceTold;

  private TokenStory(Token token, String request) {
    this.label = token.label();
    this.patientId = token.patientId();
    this.priority = token.priority();
    this.request = request;
  }

  /// @param entries the whole chain of the token's slot, and those of other slots that concern its
  ///   patient, by id
  public static List<Sentence> of(Token token, List<StoredEntry> entries) {
    String request =
        entries.stream()
            .filter(entry -> token.label().equals(entry.token()))
            .map(StoredEntry::requestId)
            .findFirst()
            .orElse("");
    TokenStory story = new TokenStory(token, request);
    entries.forEach(story::tell);
    story.tellWhatCanBeDone();
    return List.copyOf(story.sentences);
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
      tellRefusal(entry, rejected);
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
            || request.equals(entry.requestId()));
  }

  private void tellOwn(StoredEntry entry, AuditEvent event) {
    switch (event) {
      case TokenAllocated allocated -> tellAllocated(entry, allocated);
      case TokenReinstated reinstated -> tellReinstated(entry, reinstated);
      case TokenDisplaced displaced -> tellDisplaced(entry, displaced);
      case TokenCancelled cancelled -> tellCancelled(entry, cancelled);
      case TokenNoShow _ ->
          become(
              TokenStatus.NO_SHOW,
              Words.when(entry) + " noted that the patient did not come.",
              entry);
      case TokenCompleted(boolean withSlot) ->
          become(
              TokenStatus.COMPLETED,
              withSlot
                  ? Words.when(entry) + " completed the whole slot, and this token with it."
                  : Words.when(entry) + " noted that the patient was seen.",
              entry);
      case TokenReallocated(TokenLabel to) -> {
        successor = to;
        say(
            "%s gave the patient another place: %s stands for it from then on."
                .formatted(Words.when(entry), to),
            entry);
      }
      case ChangeRejected rejected ->
          say(
              "%s asked to %s it, which was refused: %s."
                  .formatted(Words.when(entry), Words.wish(rejected), Words.why(rejected)),
              entry);
      case AuditEvent other -> tellOfSlot(entry, other);
    }
  }

  private void tellAllocated(StoredEntry entry, TokenAllocated allocated) {
    priority = allocated.claim().priority();
    String asked =
        allocated.reallocatedFrom() == null
            ? "%s asked for a place as %s (%s)."
                .formatted(
                    Words.when(entry), Words.name(priority), Words.name(allocated.claim().source()))
            : "%s asked for a place for %s, which had lost its own."
                .formatted(Words.when(entry), allocated.reallocatedFrom());
    say(asked, entry);
    sayQueue(allocated.claim(), entry);
    String number = "token number " + label.sequence();
    say(
        switch (allocated.rule()) {
          case CAPACITY -> "A place was free, so it was given, with %s (rule 1).".formatted(number);
          case HIGHER_PRIORITY, EMERGENCY, NEVER_DELETED, ARRIVAL_ORDER ->
              "%s (rule %d), so %s lost its place to this one, %s."
                  .formatted(
                      Words.why(allocated.rule(), allocated.claim()),
                      allocated.rule().number(),
                      Words.label(allocated.displaced()),
                      number);
        },
        entry);
    status = TokenStatus.ACTIVE;
  }

  private void sayQueue(ClaimFacts claim, StoredEntry entry) {
    say(
        "Places taken: %d of %d%s."
            .formatted(
                claim.active(),
                claim.capacity(),
                claim.candidates().isEmpty()
                    ? ""
                    : "; the first to lose one: " + Words.candidates(claim)),
        entry);
  }

  private void tellReinstated(StoredEntry entry, TokenReinstated reinstated) {
    say("%s asked to give it its place back.".formatted(Words.when(entry)), entry);
    sayQueue(reinstated.claim(), entry);
    String kept = "It was reinstated with its old number, %d (rule 5)".formatted(label.sequence());
    Rule rule = priority == TokenPriority.EMERGENCY ? Rule.EMERGENCY : Rule.HIGHER_PRIORITY;
    become(
        TokenStatus.ACTIVE,
        reinstated.displaced() == null
            ? kept + ", as a place was free."
            : "%s: %s, so %s lost its place."
                .formatted(
                    kept,
                    Words.decapitalised(Words.why(rule, reinstated.claim())),
                    reinstated.displaced()),
        entry);
  }

  private void tellDisplaced(StoredEntry entry, TokenDisplaced displaced) {
    isChanceTold = false;
    Granted by = granted;
    if (displaced.by() == null || by == null) {
      StoredEntry slotEntry = closing == null ? entry : closing;
      say(
          "%s cancelled the whole slot%s.".formatted(Words.when(entry), Words.reason(slotEntry)),
          slotEntry);
      become(
          TokenStatus.DISPLACED,
          "The token lost its place through no fault of the patient, is kept as DISPLACED (rule 4)"
              + " and is owed a place elsewhere.",
          entry);
      return;
    }
    Rule rule =
        by.claim().priority() == TokenPriority.EMERGENCY ? Rule.EMERGENCY : Rule.HIGHER_PRIORITY;
    say(
        "%s asked for a place for %s as %s."
            .formatted(Words.when(by.entry()), displaced.by(), Words.name(by.claim().priority())),
        by.entry());
    sayQueue(by.claim(), by.entry());
    say(
        "%s (rule %d). Of the lowest priority there, %s, this token had come last, so it lost its place."
            .formatted(Words.why(rule, by.claim()), rule.number(), Words.name(priority)),
        by.entry(),
        entry);
    become(
        TokenStatus.DISPLACED,
        "It is not deleted, but kept as DISPLACED with its number (rule 4).",
        entry);
  }

  private void tellCancelled(StoredEntry entry, TokenCancelled cancelled) {
    become(
        TokenStatus.CANCELLED,
        cancelled.replaced()
            ? Words.when(entry) + " gave it up for a token of another priority."
            : "%s cancelled it%s.".formatted(Words.when(entry), Words.reason(entry)),
        entry);
  }

  private void tellRefusal(StoredEntry entry, AllocationRejected rejected) {
    say(
        "%s asked for a place in %s as %s."
            .formatted(Words.when(entry), entry.slot(), Words.name(rejected.claim().priority())),
        entry);
    switch (rejected.refusal()) {
      case SLOT_FULL -> sayQueue(rejected.claim(), entry);
      default -> {}
    }
    say("It was refused: %s.".formatted(Words.why(rejected)), entry);
    SlotFacts next = rejected.next();
    if (next != null) {
      int free = next.capacity() - next.counts().active();
      say(
          "%s was recommended instead, with %d of %s free."
              .formatted(next.label(), free, Words.places(next.capacity())),
          entry);
    }
  }

  private void tellOfSlot(StoredEntry entry, AuditEvent event) {
    switch (event) {
      case SlotOpened opened ->
          say(
              "%s opened %s, from %s to %s, with %s."
                  .formatted(
                      Words.when(entry),
                      label.slot(),
                      Words.minute(opened.start()),
                      Words.minute(opened.end()),
                      Words.places(opened.capacity())),
              entry);
      case SlotDelayed(int minutes, int _) when status == TokenStatus.ACTIVE ->
          say(
              minutes == 0
                  ? Words.when(entry) + " put the slot back on schedule."
                  : "%s delayed the slot by %d minutes; the order of the queue stayed."
                      .formatted(Words.when(entry), minutes),
              entry);
      case SlotCancelled _, SlotCompleted _ -> closing = entry;
      case TokenAllocated allocated -> granted = new Granted(entry, allocated.claim());
      case TokenReinstated reinstated -> granted = new Granted(entry, reinstated.claim());
      case TokenCancelled(TokenStatus before, String _, boolean replaced)
          when before == TokenStatus.ACTIVE && !replaced ->
          tellChance(entry, "was cancelled");
      case TokenNoShow _ -> tellChance(entry, "did not come");
      case TokenCompleted(boolean withSlot) when !withSlot -> tellChance(entry, "was seen");
      case AuditEvent _ -> {}
    }
  }

  /// A place became free while the token waited for one.
  private void tellChance(StoredEntry entry, String what) {
    boolean isWaiting = status == TokenStatus.DISPLACED && successor == null;
    if (!isWaiting || isChanceTold || !places.hasFree()) {
      return;
    }
    isChanceTold = true;
    say(
        "On %s a place became free, as %s %s. Nobody moves up without being asked for: from then on"
                .formatted(Words.second(entry.at()), Words.label(entry.token()), what)
            + " 'opd reallocate %s' could have given it back.".formatted(label),
        entry);
  }

  private void tellWhatCanBeDone() {
    TokenStatus present = status;
    if (present == null) {
      say("The log does not tell of this token: see 'opd audit verify'.");
      return;
    }
    switch (present) {
      case ACTIVE -> say("It holds its place.");
      case CANCELLED, NO_SHOW, COMPLETED -> say("It is %s, which is final.".formatted(present));
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
    sentences.add(new Sentence(text, List.of(entries)));
  }
}
