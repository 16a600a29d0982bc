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

    /// <summary>The keys of that name that are accepted just now, for who has shown one before.</summary>
    public IEnumerable<ApiKey> Named(string name) => _keys.Named(name);

    private static ClaimsPrincipal Caller(ApiKey key) => new(ApiKeyClaims.IdentityOf(key, ApiKeyHandler.SchemeName));
}

/// <param name="Caller">Null: the key is not accepted.</param>
/// <param name="ComeBackAfter">Set: too many keys were tried in vain from the address, and this one was not judged.</param>
public sealed record ApiKeyJudgement(ClaimsPrincipal? Caller, TimeSpan? ComeBackAfter);
