package opd.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One command of a shell, as its function writes it: a line of fields with tabs between them,
/// which begins and ends with the name of the request.
///
/// @param name that its answer begins with
/// @param columns of the terminal on the command's standard output, or 0
/// @param errorColumns of the terminal on its standard error, or 0
/// @param canAsk whether a person sits at both ends
/// @param variables those of the shell that the program reads
record SessionRequest(
    String name,
    int columns,
    int errorColumns,
    boolean canAsk,
    Map<String, String> variables,
    List<String> arguments) {
  /// What the program reads of the environment besides what begins with [#OWN_PREFIX].
  static final Set<String> VARIABLES =
      Set.of("HOME", "NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME");

  static final String OWN_PREFIX = "OPD_";
  private static final String SEPARATOR = "\t";
  private static final int FIXED_FIELDS = 5;

  /// Empty for what is left of a request whose shell was ended while it wrote.
  ///
  /// @throws IllegalArgumentException for a whole line that no function of this program wrote
  static Optional<SessionRequest> of(String line) {
    List<String> fields =
        Stream.of(line.split(SEPARATOR, -1)).map(SessionRequest::unescaped).toList();
    if (fields.size() <= FIXED_FIELDS || !fields.getFirst().equals(fields.getLast())) {
      return Optional.empty();
    }
    int firstArgument = FIXED_FIELDS + Integer.parseInt(fields.get(4));
    return Optional.of(
        new SessionRequest(
            fields.getFirst(),
            Integer.parseInt(fields.get(1)),
            Integer.parseInt(fields.get(2)),
            fields.get(3).equals("yes"),
            variables(fields.subList(FIXED_FIELDS, firstArgument)),
            fields.subList(firstArgument, fields.size() - 1)));
  }

  private static Map<String, String> variables(List<String> assignments) {
    Map<String, String> variables = new HashMap<>();
    for (String assignment : assignments) {
      String[] nameAndValue = assignment.split("=", 2);
      variables.put(nameAndValue[0], nameAndValue[1]);
    }
    return variables;
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < field.length(); index++) {
      char next = field.charAt(index);
      if (next == '\\') {
        index++;
        next =
            switch (field.charAt(index)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> field.charAt(index);
            };
      }
      text.append(next);
    }
    return text.toString();
  }

  /// The environment of the command: the shell's, as it is now, over the program's own.
  Map<String, String> environment(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(own);
    all.keySet().removeIf(name -> name.startsWith(OWN_PREFIX) || VARIABLES.contains(name));
    all.putAll(variables);
    return all;
  }
}
