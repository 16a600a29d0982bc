using System.Net;
using System.Security.Claims;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary>Judges a key that somebody presents, in whichever way it came; failures are bounded for each address.</summary>
public sealed class ApiKeyAuthenticator
{
    private readonly ApiKeyRing _keys;
    private readonly FailureLimit _failures;

    internal ApiKeyAuthenticator(ApiKeyRing keys, FailureLimit failures)
    {
        _keys = keys;
        _failures = failures;
    }

    /// <param name="presented">The key; neither kept nor logged.</param>
    /// <param name="address">Whom to bound; null for one that is not known.</param>
    public ApiKeyJudgement Judge(string presented, IPAddress? address)
    {
        var key = _keys.Find(presented);

        if (!_failures.Allows(address, key, out var comeBackAfter))
        {
            return new ApiKeyJudgement(null, comeBackAfter);
        }

        return new ApiKeyJudgement(key is null ? null : Caller(key), null);
    }

    private static ClaimsPrincipal Caller(ApiKey key) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, key.Name), new Claim(ApiKeyClaims.Owner, key.Owner), new Claim(ClaimTypes.Role, key.Role)],
        ApiKeyHandler.SchemeName));
}

/// <param name="Caller">Null: the key is not accepted.</param>
/// <param name="ComeBackAfter">Set: too many keys were tried in vain from the address, and this one was not judged.</param>
public sealed record ApiKeyJudgement(ClaimsPrincipal? Caller, TimeSpan? ComeBackAfter);
