using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>A field that is a time, with its offset, as RFC 3339 has it.</summary>
internal static partial class TimeText
{
    public const string Allowed = "a time as RFC 3339 has it, with its offset, such as 2030-01-31T08:00:00Z";

    /// <returns>In whole milliseconds, as it is stored, indexed and shown; null when the field is left out or wrong.</returns>
    public static DateTimeOffset? Read(FieldReader fields, string name)
    {
        if (fields.Text(name, Allowed) is not { } text)
        {
            return null;
        }

        if (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        }

        fields.Errors.Add(name, $"must be {Allowed}.");
        return null;
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
