package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A doctor's absence against its sentences: every small absence, worked out a second time.
final class DoctorDecisionTest {
  private static final String DAY = "2030-01-07T";
  private static final DoctorCode COVER = new DoctorCode("SEN");
  private static final Instant NOW = Instant.parse(DAY + "08:30:00Z");
  private static final long SEATED = 900;
  // The own slot at 08:00 is over, and the cover's starts before the patients are due.
  private static final List<String> PLACES =
      List.of("SEN-0800", "SEN-0900", "RAO-0930", "RAO-1000", "SEN-1000");

  @ParameterizedTest
  @CsvSource({
    "SCHEDULED,  0, 09:00, 10:00, true",
    "SCHEDULED,  0, 08:00, 09:00, false",
    "SCHEDULED,  0, 08:00, 09:01, true",
    "SCHEDULED,  0, 10:00, 11:00, false",
    "SCHEDULED,  0, 09:59, 11:00, true",
    "DELAYED,   15, 10:14, 11:00, true",
    "DELAYED,   15, 10:15, 11:00, false",
    "CANCELLED,  0, 09:00, 10:00, false",
    "COMPLETED,  0, 09:00, 10:00, false"
  })
  void anAbsenceConcernsTheOpenSlotsThatItTouches(
      SlotStatus status, int delay, String from, String until, boolean isConcerned) {
    Slot slot = Words.slot(status, 2, 0).with(status, delay);
    assertThat(DoctorDecision.isConcerned(slot, time(from), time(until))).isEqualTo(isConcerned);
  }

  @Test
  void everySmallAbsenceIsAsItsSentencesSay() {
    int worlds = 0;
    for (List<TokenPriority> nine : everyQueue(2)) {
      for (List<TokenPriority> half : everyQueue(1)) {
        for (int free = 0; free < 1 << PLACES.size(); free++) {
          for (int seated = -1; seated < PLACES.size(); seated++) {
            check(nine, half, free, seated);
            worlds++;
          }
        }
      }
    }
    assertThat(worlds).isGreaterThan(9_000);
  }

  private static void check(
      List<TokenPriority> nine, List<TokenPriority> half, int free, int seated) {
    SlotBook first = book("RAO-0900", 5, tokens("RAO-0900", nine, 1));
    SlotBook second = book("RAO-0945", 5, tokens("RAO-0945", half, 11));
    List<SlotBook> places = new ArrayList<>();
    for (int index = 0; index < PLACES.size(); index++) {
      places.add(place(index, (free & 1 << index) != 0, index == seated));
    }
    var away =
        DoctorDecision.away(List.of(first, second), "ill", COVER, places.reversed(), Map.of());
    String world = nine + " and " + half + ", free " + free + ", seated " + seated;
    assertThat(told(away)).as(world).isEqualTo(expected(List.of(first, second), places));
    assertThat(away.changes().stream().filter(change -> change instanceof Change.SetSlotStatus))
        .as(world)
        .hasSize(2);
    assertThat(away.after()).as(world).allMatch(book -> book.slot().free() >= 0);
  }

  private static List<String> told(Decided<Outcome.DoctorAway> away) {
    List<String> lines = new ArrayList<>();
    for (Outcome.SlotMoved part : away.outcome().slots()) {
      assertThat(part.slot().status()).isEqualTo(SlotStatus.CANCELLED);
      for (TokenView lost : part.tokens()) {
        TokenLabel label = lost.token().label();
        lines.add(
            label
                + " "
                + part.moved().stream()
                    .map(TokenView::token)
                    .filter(token -> label.equals(token.reallocatedFrom()))
                    .map(token -> token.label().slot().toString())
                    .findFirst()
                    .orElse("nowhere"));
      }
    }
    return lines;
  }

  /// By hand: slot by slot, the highest rank and then the lowest number first; the earliest place
  /// that is free, is not over, starts later if it is the doctor's own, or not earlier if not, and
  /// has not the patient in it.
  private static List<String> expected(List<SlotBook> concerned, List<SlotBook> places) {
    List<String> lines = new ArrayList<>();
    List<SlotBook> inOrder = new ArrayList<>(places);
    inOrder.sort(
        Comparator.comparing((SlotBook book) -> book.slot().start())
            .thenComparing(book -> book.slot().label().doctor().value()));
    int[] left = inOrder.stream().mapToInt(book -> book.slot().free()).toArray();
    for (SlotBook lost : concerned) {
      List<Token> queue = new ArrayList<>(lost.active());
      queue.sort(
          Comparator.comparingInt((Token token) -> -token.priority().rank())
              .thenComparingInt(Token::sequence));
      for (Token token : queue) {
        String to = "nowhere";
        for (int index = 0; index < left.length && to.equals("nowhere"); index++) {
          Slot slot = inOrder.get(index).slot();
          boolean isOwn = slot.label().doctor().equals(lost.slot().label().doctor());
          int order = slot.start().compareTo(lost.slot().start());
          boolean isThere =
              inOrder.get(index).active().stream()
                  .anyMatch(other -> other.patientId() == token.patientId());
          if (left[index] > 0 && (isOwn ? order > 0 : order >= 0) && !isThere) {
            left[index]--;
            to = slot.label().toString();
          }
        }
        lines.add(token.label() + " " + to);
      }
    }
    return lines;
  }

  private static List<List<TokenPriority>> everyQueue(int most) {
    List<List<TokenPriority>> queues = new ArrayList<>(List.of(List.of()));
    List<List<TokenPriority>> last = List.of(List.of());
    for (int length = 1; length <= most; length++) {
      List<List<TokenPriority>> longer = new ArrayList<>();
      for (List<TokenPriority> queue : last) {
        for (TokenPriority priority : TokenPriority.values()) {
          List<TokenPriority> next = new ArrayList<>(queue);
          next.add(priority);
          longer.add(next);
        }
      }
      queues.addAll(longer);
      last = longer;
    }
    return queues;
  }

  /// One place, taken by a stranger or free; or two, of which the first patient holds one.
  private static SlotBook place(int index, boolean isFree, boolean isPatientThere) {
    List<Token> tokens = new ArrayList<>();
    if (isPatientThere) {
      tokens.add(token(PLACES.get(index), 1, 1, TokenPriority.PAID));
    }
    if (!isFree) {
      tokens.add(token(PLACES.get(index), 2, SEATED + index, TokenPriority.FOLLOW_UP));
    }
    return book(PLACES.get(index), isPatientThere ? 2 : 1, tokens);
  }

  private static List<Token> tokens(String slot, List<TokenPriority> queue, int firstPatient) {
    List<Token> tokens = new ArrayList<>();
    for (int index = 0; index < queue.size(); index++) {
      tokens.add(token(slot, index + 1, firstPatient + index, queue.get(index)));
    }
    return tokens;
  }

  private static Token token(String slot, int number, long patient, TokenPriority priority) {
    return new Token(
        100L * slot.hashCode() + number,
        new TokenLabel(label(slot), number),
        patient,
        priority,
        TokenSource.APP,
        TokenStatus.ACTIVE,
        null,
        NOW);
  }

  private static SlotBook book(String slot, int capacity, List<Token> active) {
    SlotLabel label = label(slot);
    Instant begin = label.wallTime().toInstant(ZoneOffset.UTC);
    return new SlotBook(
        new Slot(
            slot.hashCode(),
            label,
            begin,
            begin.plusSeconds(1800),
            capacity,
            SlotStatus.SCHEDULED,
            0,
            new StatusCounts(active.size(), 0, 0, 0, 0)),
        active,
        List.of(),
        NOW);
  }

  private static SlotLabel label(String slot) {
    String[] words = slot.split("-");
    return SlotLabel.parse(words[0] + "-20300107-" + words[1]).orElseThrow();
  }

  private static Instant time(String time) {
    return Instant.parse(DAY + time + ":00Z");
  }
}
