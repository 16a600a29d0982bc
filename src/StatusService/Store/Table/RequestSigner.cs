using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Amazon.Runtime;

namespace Waybill.StatusService.Store.Table;

/// <summary>
/// AWS Signature Version 4 of a request to DynamoDB: <c>POST /</c> with a JSON body.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal sealed class RequestSigner(string region)
{
    public const string ContentType = "application/x-amz-json-1.0";

    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "dynamodb";

    /// <summary>Bytes of all but the host, the target and the token; of the string to sign as well.</summary>
    private const int RoomForCanonical = 512;

    private const string DateFormat = "yyyyMMdd";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>That of the latest day and secret; deriving one takes four hashes.</summary>
    private volatile SigningKey? _latest;

    /// <summary>The headers that such a request needs besides Host and Content-Type.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(Uri endpoint, string target, ReadOnlySpan<byte> body, ImmutableCredentials credentials, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var key = KeyFor(credentials.SecretKey, now.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture));
        var token = credentials.UseToken ? credentials.Token : null;

        var signedNames = token is null ? "content-type;host;x-amz-date;x-amz-target" : "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
        var scope = $"{key.Date}/{region}/{Service}/aws4_request";
        var signature = Sign(key, time, scope, CanonicalHash(endpoint, time, token, target, signedNames, body));

        List<KeyValuePair<string, string>> headers =
        [
            new("X-Amz-Target", target),
            new("X-Amz-Date", time),
            new("Authorization", $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={signedNames}, Signature={signature}"),
        ];

        if (token is not null)
        {
            headers.Add(new("X-Amz-Security-Token", token));
        }

        return headers;
    }

    /// <summary>Of the request's canonical form, in hexadecimal.</summary>
    private static string CanonicalHash(Uri endpoint, string time, string? token, string target, string signedNames, ReadOnlySpan<byte> body)
    {
        var length = RoomForCanonical + (token?.Length ?? 0) + endpoint.Authority.Length + target.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);

        try
        {
            var tokenLine = token is null ? "" : $"x-amz-security-token:{token}\n";
            var written = Write(
                rented,
                $"POST\n/\n\ncontent-type:{ContentType}\nhost:{endpoint.Authority}\nx-amz-date:{time}\n{tokenLine}x-amz-target:{target}\n\n{signedNames}\n{Hash(body)}");

            return Hash(rented.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Write(Span<byte> destination, [InterpolatedStringHandlerArgument(nameof(destination))] ref Utf8.TryWriteInterpolatedStringHandler text) =>
        Utf8.TryWrite(destination, ref text, out var written) ? written : throw new InvalidOperationException("The canonical request is longer than its parts.");

    private static string Sign(SigningKey key, string time, string scope, string canonicalHash)
    {
        Span<byte> toSign = stackalloc byte[RoomForCanonical];
        var written = Write(toSign, $"{Algorithm}\n{time}\n{scope}\n{canonicalHash}");

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, toSign[..written], signature);
        return Convert.ToHexStringLower(signature);
    }

    private SigningKey KeyFor(string secret, string date)
    {
        if (_latest is { } latest && latest.Date == date && latest.Secret == secret)
        {
            return latest;
        }

        var key = Encoding.UTF8.GetBytes("AWS4" + secret);

        foreach (var part in (string[])[date, region, Service, "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return _latest = new SigningKey(secret, date, key);
    }

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private sealed record SigningKey(string Secret, string Date, byte[] Bytes);
}
