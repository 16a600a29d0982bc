using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary><c>Authorization: Bearer &lt;api key&gt;</c>. The key itself is neither kept nor logged.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    IOptionsMonitor<ApiKeyOptions> keys,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();

        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var key = Find(header[Bearer.Length..].Trim());
        return Task.FromResult(key is null ? AuthenticateResult.Fail("The key is not known.") : AuthenticateResult.Success(Ticket(key)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Problem
            .Create(StatusCodes.Status401Unauthorized, "unauthorized", "Send a valid API key: 'Authorization: Bearer <api key>'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Problem
            .Create(StatusCodes.Status403Forbidden, "forbidden", "This API key may not do that.")
            .ExecuteAsync(Context);

    private ApiKey? Find(string presented)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);

        var now = TimeProvider.GetUtcNow();
        ApiKey? found = null;

        // Every key is looked at, whichever matches, so that the time taken tells nothing.
        foreach (var key in keys.CurrentValue.Keys)
        {
            var matches = CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(key.Sha256));
            found = matches && (key.ExpiresAt is null || key.ExpiresAt > now) ? key : found;
        }

        return found;
    }

    private static AuthenticationTicket Ticket(ApiKey key) =>
        new(new ClaimsPrincipal(ApiKeyClaims.IdentityOf(key, SchemeName)), SchemeName);
}
