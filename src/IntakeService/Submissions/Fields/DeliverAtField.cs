using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>deliverAt</c>: RFC 3339, at most a year ahead; one that has passed means now.</summary>
internal static partial class DeliverAtField
{
    public const string Name = "deliverAt";

    private const string Allowed = "a time as RFC 3339 has it, with its offset, such as 2030-01-31T08:00:00Z";

    public static DateTimeOffset? Read(FieldReader fields, DateTimeOffset now)
    {
        if (fields.Text(Name, Allowed) is not { } text)
        {
            return null;
        }

        if (!Rfc3339().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            fields.Errors.Add(Name, $"must be {Allowed}.");
            return null;
        }

        if (time > now.AddYears(1))
        {
            fields.Errors.Add(Name, "must be at most one year ahead.");
        }

        // Stored, indexed and shown in whole milliseconds.
        return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
