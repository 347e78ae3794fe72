package opd.cli.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Questions with a yes or no, and fields that are asked for one after the other, each until its
/// answer is usable.
public final class Form {
  private final Questions person;

  Form(Questions person) {
    this.person = person;
  }

  /// The person gave up.
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GivenUp() {
      super(null, null, false, false);
    }
  }

  /// @param reads the answer; refuses it with an [OpdException], which is shown
  /// @throws GivenUp when the person gives up
  <T> T field(
      String name,
      String proposal,
      Function<String, List<Suggestion>> suggestions,
      Function<String, T> reads) {
    while (true) {
      String answer = person.ask(name, proposal, suggestions).orElseThrow(GivenUp::new);
      try {
        return reads.apply(answer);
      } catch (OpdException e) {
        @Nullable String hint = e.hint();
        person.say("  " + e.getMessage() + (hint == null ? "" : "; " + hint));
      }
    }
  }

  /// One of an enum's values, of which the beginning is enough.
  <E extends Enum<E>> E choice(String name, Class<E> type, String proposal, Reader<E> reads) {
    E[] values = type.getEnumConstants();
    return field(
        name,
        proposal,
        typed -> Completions.choices(values, typed),
        answer -> {
          List<Suggestion> begun =
              answer.isEmpty() ? List.of() : Completions.choices(values, answer);
          return reads.read(type, name, begun.size() == 1 ? begun.getFirst().word() : answer);
        });
  }

  /// As [opd.domain.Inputs#choice].
  interface Reader<E extends Enum<E>> {
    E read(Class<E> type, String what, String text);
  }

  boolean confirmed(String question) {
    return answered(person, question, true).orElseThrow(GivenUp::new);
  }

  /// Whether the person says yes; who gives up says no.
  ///
  /// @param otherwise what an empty answer means
  public static boolean isYes(Questions person, String question, boolean otherwise) {
    return answered(person, question, otherwise).orElse(false);
  }

  private static Optional<Boolean> answered(Questions person, String question, boolean otherwise) {
    String choice = otherwise ? " [Y/n]" : " [y/N]";
    return person
        .ask(question + choice, "", typed -> List.of())
        .map(answer -> answer.toLowerCase(Locale.ROOT))
        .map(text -> text.isEmpty() ? otherwise : text.equals("y") || text.equals("yes"));
  }
}
