package opd.intake;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opd.domain.DoctorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.PhoneReference;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.service.AllocationRequest;

/// Understands the fields of a line.
///
/// @param day that the whole list is put on, or empty for the days that it names
record LineReader(Inputs inputs, PhoneNumbers phones, Optional<LocalDate> day) {
  private static final Pattern FULL_LABEL =
      Pattern.compile("([A-Za-z0-9]+-)[0-9]{8}(-[0-9]{4}[bB]?)");
  private static final DateTimeFormatter DAY_IN_LABEL = DateTimeFormatter.ofPattern("uuuuMMdd");

  IntakeLine read(RawLine raw) {
    return switch (raw) {
      case RawLine.Broken(long line, var field, var reason) ->
          new IntakeLine.Malformed(line, field, OpdException.invalid(reason));
      case RawLine.Fields(long line, var values) -> {
        LineFields fields = new LineFields(values);
        try {
          yield request(line, fields);
        } catch (OpdException e) {
          yield new IntakeLine.Malformed(line, fields.last(), e);
        }
      }
    };
  }

  private IntakeLine request(long line, LineFields fields) {
    checkActive(fields);
    SlotCheck check = check(fields);
    AllocationRequest request =
        new AllocationRequest(
            place(fields, check),
            patient(
                phones.reference(fields.required(Columns.PHONE)),
                fields.optional(Columns.MEMBER).orElse("1")),
            fields.optional(Columns.NAME).map(PersonName::new),
            Inputs.choice(TokenPriority.class, Columns.PRIORITY, fields.choice(Columns.PRIORITY)),
            Inputs.choice(TokenSource.class, Columns.SOURCE, fields.choice(Columns.SOURCE)),
            false,
            false,
            fields.optional(Columns.REASON));
    RequestId given = fields.optional(Columns.REQUEST_ID).map(RequestId::new).orElse(null);
    return new IntakeLine.Parsed(line, given, request, check);
  }

  /// A queue as this program prints it says whose places were given up. Other words are those of
  /// other programs, and say nothing here.
  private static void checkActive(LineFields fields) {
    fields
        .optionalChoice(Columns.STATUS)
        .flatMap(LineReader::status)
        .filter(status -> status != TokenStatus.ACTIVE)
        .ifPresent(status -> {
          throw OpdException.invalid(
              "status is " + status + ": only who has a place is given another by a list");
        });
  }

  private static Optional<TokenStatus> status(String text) {
    String typed = text.replace('_', '-');
    return Stream.of(TokenStatus.values())
        .filter(status -> Inputs.typed(status).equalsIgnoreCase(typed))
        .findFirst();
  }

  private SlotCheck check(LineFields fields) {
    Optional<LocalDate> named = ListDates.optional(fields, Columns.DATE);
    return new SlotCheck(
        fields.optional(Columns.DOCTOR).map(DoctorCode::parse),
        day.or(() -> named),
        fields.optional(Columns.TIME),
        fields.optional(Columns.START).map(this::onDay),
        inputs);
  }

  /// Of a list that is put on another day, the time of day alone.
  private String onDay(String start) {
    int time = start.indexOf('T') < 0 ? start.indexOf(' ') : start.indexOf('T');
    return day.isPresent() && time > 0 ? labelTime(start) : start;
  }

  private static PatientReference patient(PhoneReference phone, String member) {
    if (phone instanceof PhoneNumber shared && member.strip().equalsIgnoreCase("next")) {
      return new PatientReference.NextMember(shared);
    }
    return PatientReference.of(
        phone, Inputs.number(Columns.MEMBER, member, 1, PatientKey.MOST_MEMBERS));
  }

  private String labelTime(String start) {
    return inputs.time(start).atZone(inputs.facilityZone()).toLocalTime().toString();
  }

  private AllocationRequest.Place place(LineFields fields, SlotCheck check) {
    Optional<String> slot = fields.optional(Columns.SLOT);
    if (slot.isPresent()) {
      SlotReference reference = slot(slot.get(), check.date());
      if (reference instanceof SlotReference.ByLabel(SlotLabel label)) {
        check.check(label, fields::optional);
      }
      return new AllocationRequest.Place.InSlot(reference);
    }
    DoctorCode doctor =
        check.doctor().orElseThrow(() -> OpdException.invalid("a line needs a slot or a doctor"));
    return check
        .slotOf(doctor, fields::optional)
        .<AllocationRequest.Place>map(
            label -> new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(label)))
        .orElseGet(() -> new AllocationRequest.Place.WithDoctor(doctor, check.date()));
  }

  private SlotReference slot(String text, Optional<LocalDate> date) {
    SlotReference reference = date.map(inputs::on).orElse(inputs).slot(text);
    if (day.isEmpty()) {
      return reference;
    }
    Matcher full = FULL_LABEL.matcher(text);
    if (full.matches()) {
      return inputs.slot(full.group(1) + DAY_IN_LABEL.format(day.get()) + full.group(2));
    }
    if (reference instanceof SlotReference.ById) {
      throw OpdException.invalid("an id names a slot of one day; with --date give labels");
    }
    return reference;
  }
}
