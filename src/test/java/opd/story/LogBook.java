package opd.story;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import opd.decision.AuditEvent;
import opd.decision.ClaimFacts;
import opd.domain.DoctorCode;
import opd.domain.Rule;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.record.FactsJson;
import opd.record.StoredEntry;
import org.jspecify.annotations.Nullable;

/// A log written by hand, an entry a minute from 08:00 on, and the story that it tells of token
/// number 1 of the slot of 09:00, whose patient is number 1 too.
public final class LogBook {
  public static final SlotLabel NINE = slot("09:00");
  public static final SlotLabel TEN = slot("10:00");

  private static final String DAY = "2030-01-07T";

  private final List<StoredEntry> entries = new ArrayList<>();

  /// An open slot of 09:00.
  static LogBook ofSlot(int capacity) {
    return new LogBook()
        .slot(new AuditEvent.SlotOpened(NINE, time("09:00"), time("10:00"), capacity));
  }

  public static Instant time(String time) {
    return Instant.parse(DAY + time + ":00Z");
  }

  private static SlotLabel slot(String start) {
    return SlotLabel.of(new DoctorCode("RAO"), time(start), ZoneOffset.UTC);
  }

  public static TokenLabel token(int number) {
    return new TokenLabel(NINE, number);
  }

  /// A claim on a slot of so many places.
  ///
  /// @param candidates such as `3F 1P!`, the first to go first, `!` for who was called in; as many
  ///   as there are places
  public static ClaimFacts claim(
      TokenPriority priority, int capacity, int active, String candidates) {
    List<ClaimFacts.Candidate> tokens = new ArrayList<>();
    for (String word : candidates.isEmpty() ? new String[0] : candidates.split(" ")) {
      boolean isCalled = word.endsWith("!");
      String token = word.replace("!", "");
      int number = Integer.parseInt(token.substring(0, token.length() - 1));
      tokens.add(
          new ClaimFacts.Candidate(number, priority(token.charAt(token.length() - 1)), isCalled));
    }
    return new ClaimFacts(priority, TokenSource.WALK_IN, capacity, active, tokens);
  }

  private static TokenPriority priority(char letter) {
    return switch (letter) {
      case 'E' -> TokenPriority.EMERGENCY;
      case 'P' -> TokenPriority.PAID;
      case 'F' -> TokenPriority.FOLLOW_UP;
      default -> throw new IllegalArgumentException("no priority " + letter);
    };
  }

  /// A claim that found a free place.
  static AuditEvent admitted(TokenPriority priority, int capacity, int active) {
    return new AuditEvent.TokenAllocated(
        claim(priority, capacity, active, ""), Rule.CAPACITY, null, null);
  }

  /// A claim of a higher priority took the place of the token with this number.
  static AuditEvent displacing(int victim, ClaimFacts claim) {
    return new AuditEvent.TokenAllocated(claim, Rule.HIGHER_PRIORITY, token(victim), null);
  }

  static AuditEvent cancelled() {
    return new AuditEvent.TokenCancelled(TokenStatus.ACTIVE, null, false);
  }

  /// An entry about the slot of 09:00.
  LogBook slot(AuditEvent event) {
    return entry(NINE, null, null, "of the slot", event, FactsJson.text(event));
  }

  /// An entry about a token of the slot of 09:00, whose patient has the token's number.
  public LogBook token(int number, AuditEvent event) {
    return token(token(number), "request of " + number, event);
  }

  public LogBook token(TokenLabel token, String request, AuditEvent event) {
    return entry(
        token.slot(), token, (long) token.sequence(), request, event, FactsJson.text(event));
  }

  /// An entry about a claim that was refused, so without a token.
  LogBook refused(SlotLabel slot, @Nullable Long patient, String request, AuditEvent event) {
    return entry(slot, null, patient, request, event, FactsJson.text(event));
  }

  /// An entry about token 1 whose facts somebody spoilt.
  LogBook spoilt(AuditEvent event) {
    return entry(NINE, token(1), 1L, "request of 1", event, "{\"before\":\"nonsense\"}");
  }

  private LogBook entry(
      SlotLabel slot,
      @Nullable TokenLabel token,
      @Nullable Long patient,
      String request,
      AuditEvent event,
      String facts) {
    int id = entries.size() + 1;
    Rule rule = event.rule();
    entries.add(
        new StoredEntry(
            id,
            time("08:00").plusSeconds(60L * id),
            event.kind(),
            "desk",
            request,
            slot,
            token,
            patient,
            rule == null ? null : rule.number(),
            facts,
            "slot/1",
            id,
            null,
            "",
            "opd_desk",
            ""));
    return this;
  }

  List<Sentence> sentences() {
    Token token =
        new Token(
            1,
            token(1),
            1,
            TokenPriority.FOLLOW_UP,
            TokenSource.WALK_IN,
            TokenStatus.ACTIVE,
            null,
            time("08:00"));
    return TokenStory.of(token, entries, ZoneOffset.UTC);
  }

  /// One sentence a line, the day left out: what is told by the entries from this one on, and what
  /// no entry tells.
  String story(long firstEntry) {
    return sentences().stream()
        .filter(sentence ->
            sentence.entries().isEmpty()
                || sentence.entries().stream().anyMatch(entry -> entry.id() >= firstEntry))
        .map(sentence ->
            sentence.text().replace("On 7 Jan 2030 at", "At").replace(" 7 Jan 2030", "") + "\n")
        .collect(Collectors.joining());
  }
}
