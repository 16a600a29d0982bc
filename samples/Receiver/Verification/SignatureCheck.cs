using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waybill.Notifications.Signing;

namespace Waybill.Receiver.Verification;

/// <summary>
/// Checks one request as the Standard Webhooks specification asks of a receiver: the three headers are there, the time is at most
/// five minutes off, and one of the signatures was made with one of the secrets. Two secrets count while one takes the other's place.
/// </summary>
public sealed class SignatureCheck : IDisposable
{
    public const long ToleranceSeconds = 300;

    private readonly SignatureState? _fault;
    private readonly string[] _given;
    private readonly List<WebhookSignature> _expected = [];

    public SignatureCheck(SigningKeys keys, IHeaderDictionary headers, DateTimeOffset now)
    {
        var id = headers[WebhookHeaders.Id].ToString();
        var timestamp = headers[WebhookHeaders.Timestamp].ToString();
        _given = headers[WebhookHeaders.Signature].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        if (id.Length == 0 || timestamp.Length == 0 || _given.Length == 0)
        {
            _fault = SignatureState.Absent;
            return;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            _fault = SignatureState.Wrong;
            return;
        }

        _fault = FaultOfTime(now.ToUnixTimeSeconds() - seconds);
        _expected.AddRange(keys.Keys.Select(key => new WebhookSignature(key, id, seconds)));
    }

    /// <summary>To be called with all of the body as it came: JSON that was read and written again is another text.</summary>
    public void Append(ReadOnlySpan<byte> body)
    {
        foreach (var signature in _expected)
        {
            signature.Append(body);
        }
    }

    public SignatureState Complete()
    {
        if (_fault is { } fault)
        {
            return fault;
        }

        return _expected.Any(IsGiven) ? SignatureState.Verified : SignatureState.Wrong;
    }

    public void Dispose() => _expected.ForEach(signature => signature.Dispose());

    private static SignatureState? FaultOfTime(long ageSeconds) => ageSeconds switch
    {
        > ToleranceSeconds => SignatureState.TooOld,
        < -ToleranceSeconds => SignatureState.TooNew,
        _ => null,
    };

    /// <summary>Takes as long for a nearly right signature as for any other, so that nobody can guess one bit by bit.</summary>
    private bool IsGiven(WebhookSignature signature)
    {
        var expected = Encoding.UTF8.GetBytes(signature.Complete());
        return _given.Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
