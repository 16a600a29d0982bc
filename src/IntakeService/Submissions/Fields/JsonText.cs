using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>Reads JSON texts that may hold half a surrogate pair (<c>"\ud800"</c>), which is JSON but not text.</summary>
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
