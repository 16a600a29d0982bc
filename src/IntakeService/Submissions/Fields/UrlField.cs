namespace Waybill.IntakeService.Submissions.Fields;

/// <summary>
/// <c>url</c>. It is stored in the form in which it is called: international host names in ASCII (Punycode), other characters
/// percent-encoded, so that what the record shows is what goes over the wire.
/// </summary>
internal static class UrlField
{
    public const string Name = "url";
    public const int MaxLength = 2048;

    private const string Allowed = "an absolute http or https URL, such as https://example.com/hook";

    /// <returns>Null when it is left out or wrong.</returns>
    public static string? Read(FieldReader fields)
    {
        if (fields.Find(Name) is null)
        {
            fields.Errors.Add(Name, $"is required: {Allowed}.");
            return null;
        }

        if (fields.Text(Name, Allowed) is not { } text)
        {
            return null;
        }

        if (WhyNot(text) is { } reason)
        {
            fields.Errors.Add(Name, reason);
            return null;
        }

        var canonical = Canonical(new Uri(text));

        if (canonical is null)
        {
            fields.Errors.Add(Name, $"must be {Allowed}; its host name is not a valid international domain name.");
        }
        else if (canonical.Length > MaxLength)
        {
            fields.Errors.Add(Name, $"must have at most {MaxLength} characters, also once other than ASCII characters are percent-encoded.");
            return null;
        }

        return canonical;
    }

    private static string? WhyNot(string text)
    {
        if (text.Length > MaxLength)
        {
            return $"must have at most {MaxLength} characters.";
        }

        if (text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character == '\\'))
        {
            return "must not hold white space, control characters or '\\'; percent-encode them.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !IsHttp(uri) || !HasHost(uri))
        {
            return $"must be {Allowed}.";
        }

        if (Authority(text).Contains('@'))
        {
            return "must not hold a user name or password; put credentials into a header.";
        }

        if (uri.Port == 0)
        {
            return "must have a port from 1 to 65535.";
        }

        return text.Contains('#') ? "must not have a fragment ('#…'): it is never sent. Percent-encode a '#' that belongs to the path as %23." : null;
    }

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    private static bool HasHost(Uri uri) => uri.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    private static ReadOnlySpan<char> Authority(string text)
    {
        var rest = text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1).TrimStart('/');
        var end = rest.IndexOfAny("/?#");
        return end < 0 ? rest : rest[..end];
    }

    private static string? Canonical(Uri uri)
    {
        try
        {
            // IdnHost leaves out the brackets of an IPv6 address.
            var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
            var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
            return $"{uri.Scheme}://{host}{port}{uri.PathAndQuery}";
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
