package opd.cli.console;

import java.util.List;
import java.util.Optional;
import opd.domain.SlotLabel;

/// What the facility has at the moment. Each gives what fits the text that was typed so far.
public interface LiveValues {
  /// By code or by name.
  List<Suggestion> doctors(String typed);

  /// Today's open slots with their free places.
  List<Suggestion> slots(String typed);

  /// The tokens of the slot whose label was typed, or else of the chosen one.
  List<Suggestion> tokens(String typed, Optional<SlotLabel> chosen);

  /// Known patients, by the first digits of the number or by name.
  List<Suggestion> patients(String typed);
}
