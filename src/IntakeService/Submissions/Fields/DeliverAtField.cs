namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>deliverAt</c>: RFC 3339, at most a year ahead; one that has passed means now.</summary>
internal static class DeliverAtField
{
    public const string Name = "deliverAt";

    public static DateTimeOffset? Read(FieldReader fields, DateTimeOffset now)
    {
        var time = TimeText.Read(fields, Name);

        if (time > now.AddYears(1))
        {
            fields.Errors.Add(Name, "must be at most one year ahead.");
        }

        return time;
    }
}
