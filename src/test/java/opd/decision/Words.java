package opd.decision;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;

/// The short words of the tables: `3F` is the token with number 3 of a follow-up, held by patient
/// 3.
final class Words {
  static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");
  static final Instant TEN = NINE.plusSeconds(3600);
  static final SlotLabel MORNING = SlotLabel.of(new DoctorCode("RAO"), NINE, ZoneOffset.UTC);

  private Words() {}

  static TokenPriority priority(String letter) {
    return switch (letter) {
      case "E" -> TokenPriority.EMERGENCY;
      case "P" -> TokenPriority.PAID;
      case "F" -> TokenPriority.FOLLOW_UP;
      default -> throw new IllegalArgumentException(letter);
    };
  }

  static String word(Token token) {
    return token.sequence() + token.priority().name().substring(0, 1);
  }

  static String words(List<Token> tokens) {
    return String.join(" ", tokens.stream().map(Words::word).toList());
  }

  static Claim claim(long patientId, TokenPriority priority) {
    return Claim.ofNew(patientId, priority, TokenSource.WALK_IN);
  }

  /// @param active its ACTIVE tokens, in any order
  static SlotBook book(SlotStatus status, int capacity, List<Token> active) {
    return book(status, capacity, active, List.of());
  }

  static SlotBook book(SlotStatus status, int capacity, List<Token> active, List<Token> waiting) {
    Slot slot =
        slot(status, capacity, 0)
            .withCounts(new StatusCounts(active.size(), waiting.size(), 0, 0, 0));
    return new SlotBook(slot, active, waiting, NINE).checked();
  }

  /// The doctor's slot an hour later.
  ///
  /// @param active the words of its ACTIVE tokens
  static SlotBook later(int capacity, String active) {
    SlotLabel label = SlotLabel.of(MORNING.doctor(), TEN, ZoneOffset.UTC);
    List<Token> tokens =
        tokens(active, TokenStatus.ACTIVE).stream().map(token -> at(label, token)).toList();
    Slot slot =
        new Slot(
            2,
            label,
            TEN,
            TEN.plusSeconds(3600),
            capacity,
            SlotStatus.SCHEDULED,
            0,
            new StatusCounts(tokens.size(), 0, 0, 0, 0));
    return new SlotBook(slot, tokens, List.of(), NINE);
  }

  private static Token at(SlotLabel slot, Token token) {
    return new Token(
        100 + token.id(),
        new TokenLabel(slot, token.sequence()),
        100 + token.patientId(),
        token.priority(),
        token.source(),
        token.status(),
        null,
        token.createdAt());
  }

  static List<Token> tokens(String words, TokenStatus status) {
    return split(words).stream().map(word -> token(word, status)).toList();
  }

  static Token token(String word, TokenStatus status) {
    int sequence = Integer.parseInt(word.substring(0, word.length() - 1));
    return token(sequence, priority(word.substring(word.length() - 1)), status);
  }

  static Token token(int sequence, TokenPriority priority) {
    return token(sequence, priority, TokenStatus.ACTIVE);
  }

  private static Token token(int sequence, TokenPriority priority, TokenStatus status) {
    return new Token(
        sequence,
        new TokenLabel(MORNING, sequence),
        sequence,
        priority,
        TokenSource.WALK_IN,
        status,
        null,
        NINE);
  }

  static Slot slot(SlotStatus status, int capacity, int active) {
    return new Slot(
        1, MORNING, NINE, TEN, capacity, status, 0, new StatusCounts(active, 0, 0, 0, 0));
  }

  /// The time of day, UTC.
  static String clock(Instant time) {
    return time.toString().substring(11, 16);
  }

  private static List<String> split(String words) {
    return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
