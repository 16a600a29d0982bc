using System.Net.Http.Headers;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary><c>contentType</c>: a media type, sent as it is given.</summary>
internal static class ContentTypeField
{
    public const string Name = "contentType";
    public const int MaxLength = 256;

    private static readonly string Allowed = $"a media type of at most {MaxLength} ASCII characters, such as application/xml; charset=utf-8";

    /// <param name="fallback">The content type of the payload that is given; null when there is none.</param>
    public static string? Read(FieldReader fields, string? fallback)
    {
        if (fields.Text(Name, Allowed) is not { } text)
        {
            return fallback;
        }

        if (fallback is null)
        {
            fields.Errors.Add(Name, "must be left out without a payload: give payload, payloadText or payloadBase64 with it.");
        }
        else if (!IsMediaType(text))
        {
            fields.Errors.Add(Name, $"must be {Allowed}.");
        }

        return text;
    }

    private static bool IsMediaType(string text) =>
        text.Length <= MaxLength
        && text.All(character => character is >= ' ' and <= '~')
        && text == text.Trim()
        && MediaTypeHeaderValue.TryParse(text, out var parsed)
        && !parsed.MediaType!.Contains('*');
}
