using Waybill.Notifications.Json;

namespace Waybill.Notifications.Reading;

/// <summary>A field that is a time.</summary>
public static class TimeText
{
    /// <returns>In whole milliseconds, as it is stored, indexed and shown; null when the field is left out or wrong.</returns>
    public static DateTimeOffset? Read(FieldReader fields, string name)
    {
        if (fields.Text(name, Rfc3339.Allowed) is not { } text)
        {
            return null;
        }

        if (Rfc3339.TryParse(text, out var time))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        }

        fields.Errors.Add(name, $"must be {Rfc3339.Allowed}.");
        return null;
    }
}
