package opd.story;

import opd.decision.AuditEvent;
import opd.record.StoredEntry;

/// Tells of arrival and calls, to the patient and to those who were passed over.
record ServingStory(int sequence, SentenceList telling, Phrases phrases) {

  void arrived(StoredEntry entry, AuditEvent.TokenArrived arrived) {
    telling.say(
        phrases.when(entry)
            + (arrived.again()
                ? " noted once more that the patient was here."
                : " noted that the patient had arrived."),
        entry);
  }

  void called(StoredEntry entry, AuditEvent.TokenCalled called) {
    String times = called.calls() == 1 ? "" : ", for the " + ordinal(called.calls()) + " time";
    telling.say(
        "%s called the patient in%s%s."
            .formatted(
                phrases.when(entry), called.room() == null ? "" : ", room " + called.room(), times),
        entry);
  }

  void parked(StoredEntry entry, AuditEvent.TokenParked parked) {
    telling.say(
        phrases.when(entry)
            + (parked.again()
                    ? " noted once more that the patient was away%s."
                    : " noted that the patient went away for a while%s; place and number stayed.")
                .formatted(Phrases.reason(entry)),
        entry);
  }

  void returned(StoredEntry entry, AuditEvent.TokenReturned returned) {
    telling.say(
        phrases.when(entry)
            + (returned.again()
                ? " noted that the patient was back, who had not been away."
                : " noted that the patient was back."),
        entry);
  }

  /// Somebody else of the slot was called.
  void calledAnother(StoredEntry entry, AuditEvent.TokenCalled called) {
    called.passed().stream()
        .filter(passed -> passed.sequence() == sequence)
        .findFirst()
        .ifPresent(passed -> {
          String other = Phrases.label(entry.token());
          switch (passed.why()) {
            case PARKED -> passedOver(entry, other, "this patient was away then");
            case NOT_HERE -> passedOver(entry, other, "this patient had not arrived");
            case OUT_OF_TURN -> passedOver(entry, other, "that patient was asked for by number");
            // Nobody was passed over: this patient's turn had come.
            case CALLED -> {}
          }
        });
  }

  private void passedOver(StoredEntry entry, String other, String why) {
    telling.say(
        "%s called %s in before this patient: %s.".formatted(phrases.when(entry), other, why),
        entry);
  }

  private static String ordinal(int number) {
    int lastTwo = number % 100;
    String suffix =
        lastTwo >= 11 && lastTwo <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + suffix;
  }
}
