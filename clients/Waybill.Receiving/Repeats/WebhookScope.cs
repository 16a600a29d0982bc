using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Waybill.Receiving.Repeats;

/// <summary>Within what an id is unique.</summary>
internal static class WebhookScope
{
    public const int MaxLength = 255;

    /// <summary>The path, in which upper and lower case may be two tenants; of one that is too long, what it hashes to.</summary>
    public static string OfPath(HttpContext context)
    {
        var path = context.Request.PathBase.Add(context.Request.Path).Value?.TrimEnd('/') ?? "";
        return path.Length <= MaxLength ? path : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
    }

    /// <exception cref="InvalidOperationException">It is too long.</exception>
    public static string Checked(string scope) =>
        scope.Length <= MaxLength ? scope : throw new InvalidOperationException($"The scope that WithoutRepeats was given has {scope.Length} characters, and may have {MaxLength}.");
}
