using System.Globalization;
using Microsoft.Extensions.Primitives;
using Waybill.Notifications.Reading;

namespace Waybill.Hosting.Endpoints;

/// <summary><c>If-Match</c> (RFC 9110, 13.1.1): a change applies only to the version that was read.</summary>
public static class IfMatch
{
    public const string Name = "If-Match";

    /// <summary>As in the header <c>ETag</c>.</summary>
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <returns>Null when there is none, it is <c>*</c>, or it is wrong.</returns>
    public static int? Read(StringValues header, FieldErrors errors)
    {
        if (header.Count == 0 || header is ["*"])
        {
            return null;
        }

        if (header is [{ } text] && int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && text == Tag(version))
        {
            return version;
        }

        errors.Add(Name, "must be one version, such as \"3\", as the endpoint's version and the header ETag say it; or *.");
        return null;
    }
}
