using Waybill.Notifications.Endpoints;

namespace Waybill.Notifications.Reading.Fields;

/// <summary><c>type</c> of an event.</summary>
public static class EventTypeField
{
    public const string Name = "type";

    /// <returns>Null when it is left out or wrong.</returns>
    public static string? Read(FieldReader fields, bool required)
    {
        var text = fields.Text(Name, EventTypes.Allowed);

        if (text is not null ? !EventTypes.IsType(text) : required && fields.Find(Name) is null)
        {
            fields.Errors.Add(Name, text is null ? $"is required: {EventTypes.Allowed}." : $"must be {EventTypes.Allowed}.");
        }

        return text;
    }
}
