using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Waybill.Notifications.Json;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>Reads JSON texts, which may hold half a surrogate pair (<c>"\ud800"</c>) and are no text then, and whole numbers.</summary>
internal static class JsonText
{
    public static bool TryGetText(this JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = element.ValueKind == JsonValueKind.String ? OrNull(element.GetString) : null;
        return text is not null;
    }

    public static bool TryGetName(this JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        name = OrNull(() => property.Name);
        return name is not null;
    }

    public static bool TryGetWholeNumber(this JsonElement element, out int number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && WholeNumber.TryParse(JsonMarshal.GetRawUtf8Value(element), out number);
    }

    private static string? OrNull(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // The only way System.Text.Json has to say so.
            return null;
        }
    }
}
