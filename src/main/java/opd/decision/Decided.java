package opd.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import opd.domain.Token;

/// Everything that follows from a request.
///
/// @param changes of the tables, in the order in which they are carried out
/// @param entries for the log, the cause before what it brought about
/// @param after the books of the slots concerned, as the changes leave them
public record Decided<O extends Outcome>(
    List<Change> changes, List<NewEntry> entries, O outcome, List<SlotBook> after) {

  /// A refusal: nothing changes, but it is told with the facts that led to it.
  static <O extends Outcome> Decided<O> refused(SlotBook book, NewEntry entry, O outcome) {
    return new Decided<>(List.of(), List.of(entry), outcome, List.of(book));
  }

  /// Of a row that is written already, such as a doctor's.
  public static <O extends Outcome> Decided<O> saved(NewEntry entry, O outcome) {
    return saved(List.of(entry), outcome);
  }

  /// Of rows that are written already, such as new slots.
  public static <O extends Outcome> Decided<O> saved(List<NewEntry> entries, O outcome) {
    return new Decided<>(List.of(), entries, outcome, List.of());
  }

  /// The book of this slot as it is afterwards.
  SlotBook after(SlotBook before) {
    return after.stream()
        .filter(book -> book.slot().id() == before.slot().id())
        .findFirst()
        .orElse(before);
  }

  /// The same, told of otherwise to who asked.
  <P extends Outcome> Decided<P> as(Function<O, P> telling) {
    return new Decided<>(changes, entries, telling.apply(outcome), after);
  }

  /// The same, after entries that others of the request have led to.
  public Decided<O> afterEntries(List<NewEntry> earlier) {
    return new Decided<>(changes, joined(earlier, entries), outcome, after);
  }

  /// The same, each token of it changed, such as by the id that it was given.
  @SuppressWarnings("unchecked")
  public Decided<O> with(UnaryOperator<Token> change) {
    return new Decided<>(
        changes.stream().map(each -> each.with(change)).toList(),
        entries.stream().map(entry -> entry.with(change)).toList(),
        // An outcome stays what it is.
        (O) outcome.with(change),
        after.stream().map(book -> book.with(change)).toList());
  }

  /// What followed in the same request, with its outcome.
  <P extends Outcome> Decided<P> then(Decided<P> next) {
    List<SlotBook> books = new ArrayList<>(after);
    for (SlotBook later : next.after) {
      books.removeIf(book -> book.slot().id() == later.slot().id());
      books.add(later);
    }
    return new Decided<>(
        joined(changes, next.changes), joined(entries, next.entries), next.outcome, books);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return List.copyOf(both);
  }
}
