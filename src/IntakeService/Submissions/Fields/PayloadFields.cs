using System.Text.Json;

namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>
/// The body of the call to the receiver: <c>payload</c>, <c>payloadText</c> or <c>payloadBase64</c>, at most one of them. A <c>payload</c> that is
/// null is JSON as any other, and sent as that; only beside another payload, or with GET, which has none, it counts as left out.
/// </summary>
internal static class PayloadFields
{
    public const string Json = "payload";
    public const string Text = "payloadText";
    public const string Base64 = "payloadBase64";

    /// <summary>As it is sent: compact, unescaped or decoded.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly string[] Names = [Json, Text, Base64];

    public static (byte[]? Body, string? ContentType) Read(FieldReader fields, string method)
    {
        string[] given = [.. Names.Where(name => fields.Find(name) is not null)];
        CheckUse(given, method, fields.Errors);

        var name = given.FirstOrDefault() ?? (fields.IsNull(Json) && method != MethodField.Get ? Json : null);
        var contentType = ContentTypeField.Read(fields, DefaultContentType(name));

        return (name is null ? null : Bytes(fields, name), contentType);
    }

    private static void CheckUse(string[] given, string method, FieldErrors errors)
    {
        foreach (var name in given)
        {
            if (given.Length > 1)
            {
                errors.Add(name, $"must be the only one given of {string.Join(", ", Names)}.");
            }

            if (method == MethodField.Get)
            {
                errors.Add(name, "must be left out with the method GET, whose body has no meaning; put it into the URL, or use another method.");
            }
        }
    }

    private static string? DefaultContentType(string? name) => name switch
    {
        Json => "application/json",
        Text => "text/plain; charset=utf-8",
        Base64 => "application/octet-stream",
        _ => null,
    };

    /// <returns>Null when it is wrong or too large.</returns>
    private static byte[]? Bytes(FieldReader fields, string name)
    {
        if (fields.Find(name) is not { } value)
        {
            return "null"u8.ToArray();
        }

        var isText = value.ValueKind == JsonValueKind.String;

        var (bytes, length) = name switch
        {
            Json => CompactJson.Of(fields.Whole(name), MaxBytes),
            Text when isText => JsonText.Bytes(fields.Whole(name), MaxBytes),
            Base64 when isText => JsonText.FromBase64(fields.Whole(name), MaxBytes),
            _ => (null, null),
        };

        if (length is null)
        {
            fields.Errors.Add(name, name == Text ? "must be a text." : "must be a text in Base64 (RFC 4648, section 4: A–Z, a–z, 0–9, +, / and = as padding).");
        }
        else if (length > MaxBytes)
        {
            fields.Errors.AddTooLarge(name, $"must be at most {MaxBytes} bytes (256 KiB) as it is sent; it is {length}.");
        }

        return bytes;
    }
}
