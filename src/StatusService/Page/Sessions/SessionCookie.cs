using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Authentication;

namespace Waybill.StatusService.Page.Sessions;

/// <summary>
/// Nothing of a session is stored: the cookie has the key's name, the end and a nonce, signed together with the key's hash. It
/// is looked up among the keys at every request, so a session ends with its key, and when the key gets another value.
/// </summary>
internal sealed class SessionCookie(IOptions<PageOptions> options, ApiKeyAuthenticator keys, TimeProvider time)
{
    public const string Name = "waybill-session";
    private const int NonceBytes = 16;

    private readonly byte[] _secret = options.Value.SessionSecret is { } secret
        ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
        : RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    /// <returns>The cookie's value and its end.</returns>
    public (string Value, DateTimeOffset ExpiresAt) Issue(string keyName, string keyHash)
    {
        var expiresAt = time.GetUtcNow().AddMinutes(options.Value.SessionMinutes);
        var nonce = RandomNumberGenerator.GetHexString(2 * NonceBytes, lowercase: true);
        var content = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(keyName))}.{expiresAt.ToUnixTimeMilliseconds()}.{nonce}";

        return ($"{content}.{Sign(content, keyHash)}", expiresAt);
    }

    /// <returns>Null for one that was never issued, has ended, or whose key is gone or has expired.</returns>
    public Session? Read(HttpRequest request)
    {
        if (request.Cookies[Name]?.Split('.') is not [var name, var expires, var nonce, var signature]
            || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds <= time.GetUtcNow().ToUnixTimeMilliseconds()
            || Key(name, $"{name}.{expires}.{nonce}", signature) is not { } key)
        {
            return null;
        }

        return new Session(key, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Sign("csrf", nonce));
    }

    private ApiKey? Key(string encodedName, string content, string signature)
    {
        if (!Base64Url.IsValid(encodedName) || Base64Url.DecodeFromChars(encodedName) is not { } bytes || !Utf8.IsValid(bytes))
        {
            return null;
        }

        return keys.Named(Encoding.UTF8.GetString(bytes)).FirstOrDefault(key => Equal(Sign(content, key.Sha256), signature));
    }

    private string Sign(string content, string with) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{content}|{with.ToUpperInvariant()}")));

    /// <summary>In a time that tells nothing of where they differ.</summary>
    public static bool Equal(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}

/// <summary>Someone who has signed in to the page.</summary>
/// <param name="Key">The API key with which it was done, as it is configured now.</param>
/// <param name="CsrfToken">What a request that changes anything brings along: other sites cannot read it.</param>
internal sealed record Session(ApiKey Key, DateTimeOffset ExpiresAt, string CsrfToken);
