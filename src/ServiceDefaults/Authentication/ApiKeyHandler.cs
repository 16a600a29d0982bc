using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waybill.ServiceDefaults.Problems;

namespace Waybill.ServiceDefaults.Authentication;

/// <summary><c>Authorization: Bearer &lt;api key&gt;</c>. The key itself is neither kept nor logged.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ApiKeyAuthenticator authenticator,
    ILoggerFactory logger,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    private ApiKeyJudgement? _judgement;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();

        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        _judgement = authenticator.Judge(header[Bearer.Length..].Trim(), Context.Connection.RemoteIpAddress);

        return Task.FromResult(_judgement.Caller is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName))
            : AuthenticateResult.Fail("The key is not accepted."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        AuthenticationMetrics.Refused(_judgement);

        if (_judgement?.ComeBackAfter is { } after)
        {
            return Problem.TooManyRequests(after, "Too many keys were tried in vain from this address.").ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem
            .Create(StatusCodes.Status401Unauthorized, "unauthorized", "Send a valid API key: 'Authorization: Bearer <api key>'.")
            .ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem
            .Create(StatusCodes.Status403Forbidden, "forbidden", "This API key may not do that.")
            .ExecuteAsync(Context);
}
