package opd.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import opd.cli.console.Form;
import opd.cli.console.Questions;
import opd.domain.OpdException;

/// Questions to the person at the terminal before something is done, at a console's prompt in
/// place.
final class Confirmation {
  private final Surroundings surroundings;
  private final Optional<Questions> person;

  /// @param person whom a console asks; empty elsewhere
  Confirmation(Surroundings surroundings, Optional<Questions> person) {
    this.surroundings = surroundings;
    this.person = person;
  }

  /// No answer is a no.
  ///
  /// @throws OpdException USAGE where the next line is the next command
  boolean isGiven(String question) {
    if (person.isPresent()) {
      return Form.isYes(person.get(), question, false);
    }
    InputStream in = surroundings.in();
    if (in == null) {
      throw CommandContext.usage(question + " In a console, confirm with --yes");
    }
    String answer = answer(question + " [y/N] ", in).toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  /// The word that is asked for.
  ///
  /// @param option that answers where nobody can be asked
  /// @throws OpdException USAGE there
  String word(String question, String option) {
    if (person.isPresent()) {
      return person.get().ask(question, "", any -> List.of()).orElse("");
    }
    InputStream in = surroundings.in();
    if (in == null || !surroundings.canAsk()) {
      throw CommandContext.usage("nobody can be asked here: answer with " + option);
    }
    return answer(question, in);
  }

  private String answer(String question, InputStream in) {
    surroundings.err().print(question);
    surroundings.err().flush();
    StringBuilder line = new StringBuilder();
    try {
      // Byte by byte: what comes after the line is not this command's.
      for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
        line.append((char) read);
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString().strip();
  }
}
