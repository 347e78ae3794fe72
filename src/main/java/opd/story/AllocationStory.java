package opd.story;

import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.AuditEvent.TokenReinstated;
import opd.decision.ClaimFacts;
import opd.decision.SlotFacts;
import opd.domain.Inputs;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.record.StoredEntry;
import org.jspecify.annotations.Nullable;

/// Tells of the claims to a place: who asked, how the queue was, and what the rule made of it.
record AllocationStory(TokenLabel label, SentenceList telling, Phrases phrases) {
  /// A claim that was granted.
  record Granted(StoredEntry entry, ClaimFacts claim) {
    Rule rule() {
      return claim.priority() == TokenPriority.EMERGENCY ? Rule.EMERGENCY : Rule.HIGHER_PRIORITY;
    }
  }

  void allocated(StoredEntry entry, TokenAllocated allocated) {
    ClaimFacts claim = allocated.claim();
    telling.say(asked(entry, allocated), entry);
    circumstances(claim, entry);
    queue(claim, entry);
    String number = "token number " + label.sequence();
    telling.say(
        switch (allocated.rule()) {
          case CAPACITY -> "A place was free, so it was given, with %s (rule 1).".formatted(number);
          case HIGHER_PRIORITY, EMERGENCY, NEVER_DELETED, ARRIVAL_ORDER ->
              "%s (rule %d), so %s lost its place to this one, %s."
                  .formatted(
                      Phrases.why(allocated.rule(), claim),
                      allocated.rule().number(),
                      Phrases.label(allocated.displaced()),
                      number);
        },
        entry);
  }

  private String asked(StoredEntry entry, TokenAllocated allocated) {
    ClaimFacts claim = allocated.claim();
    if (allocated.movedFrom() != null) {
      return "%s asked for this place in exchange for %s."
          .formatted(phrases.when(entry), allocated.movedFrom());
    }
    return allocated.reallocatedFrom() == null
        ? "%s asked for a place as %s (%s)."
            .formatted(
                phrases.when(entry), Inputs.typed(claim.priority()), Inputs.typed(claim.source()))
        : "%s asked for a place for %s, which had lost its own."
            .formatted(phrases.when(entry), allocated.reallocatedFrom());
  }

  void reinstated(StoredEntry entry, TokenReinstated reinstated) {
    telling.say("%s asked to give it its place back.".formatted(phrases.when(entry)), entry);
    circumstances(reinstated.claim(), entry);
    queue(reinstated.claim(), entry);
    String kept = "It was reinstated with its old number, %d (rule 5)".formatted(label.sequence());
    Rule rule = new Granted(entry, reinstated.claim()).rule();
    telling.say(
        reinstated.displaced() == null
            ? kept + ", as a place was free."
            : "%s: %s, so %s lost its place."
                .formatted(
                    kept,
                    Phrases.decapitalised(Phrases.why(rule, reinstated.claim())),
                    reinstated.displaced()),
        entry);
  }

  /// @param entry the victim's own
  /// @param by the token that took the place
  /// @param lost the priority of the token that lost it
  void displaced(StoredEntry entry, Granted granted, @Nullable TokenLabel by, TokenPriority lost) {
    ClaimFacts claim = granted.claim();
    telling.say(
        "%s asked for a place for %s as %s."
            .formatted(
                phrases.when(granted.entry()), Phrases.label(by), Inputs.typed(claim.priority())),
        granted.entry());
    circumstances(claim.withoutHeld(), granted.entry());
    queue(claim, granted.entry());
    Rule rule = granted.rule();
    telling.say(
        "%s (rule %d). %s, %s, this token had come last, so it lost its place."
            .formatted(
                Phrases.why(rule, claim),
                rule.number(),
                Phrases.ofTheLowest(claim),
                Inputs.typed(lost)),
        granted.entry(),
        entry);
    telling.say("It is not deleted, but kept as DISPLACED with its number (rule 4).", entry);
  }

  void refused(StoredEntry entry, AllocationRejected rejected) {
    telling.say(
        "%s asked for a place in %s as %s."
            .formatted(
                phrases.when(entry), entry.slot(), Inputs.typed(rejected.claim().priority())),
        entry);
    circumstances(rejected.claim(), entry);
    if (rejected.refusal() == Refusal.SLOT_FULL) {
      queue(rejected.claim(), entry);
    }
    telling.say("It was refused: %s.".formatted(Phrases.why(rejected)), entry);
    SlotFacts next = rejected.next();
    if (next != null) {
      int free = next.capacity() - next.counts().active();
      telling.say(
          "%s was recommended instead, with %d of %s free."
              .formatted(next.label(), free, Phrases.places(next.capacity())),
          entry);
    }
  }

  private void circumstances(ClaimFacts claim, StoredEntry entry) {
    if (claim.reason() != null) {
      telling.say("The reason given: %s.".formatted(claim.reason()), entry);
    }
    if (claim.holds() != null) {
      telling.say(Phrases.holding(claim.holds()), entry);
    }
  }

  private void queue(ClaimFacts claim, StoredEntry entry) {
    String candidates =
        claim.candidates().isEmpty() ? "" : "; the first to lose one: " + Phrases.candidates(claim);
    telling.say(
        "Places taken: %d of %d%s.".formatted(claim.active(), claim.capacity(), candidates), entry);
  }
}
