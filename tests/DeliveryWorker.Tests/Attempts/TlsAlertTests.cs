using System.Net.Security;
using System.Security.Authentication;
using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

/// <summary>Receivers that end TLS with an alert, in the handshake or, with TLS 1.3, in place of the first answer.</summary>
public sealed class TlsAlertTests
{
    /// <summary>Whichever comes first in each, the alert or the closed connection that our request meets.</summary>
    private const int Calls = 20;

    [Theory]
    [InlineData(SslProtocols.Tls12, false, "handshake_failure")]
    [InlineData(SslProtocols.Tls13, false, "certificate_required")]
    [InlineData(SslProtocols.Tls12, true, "handshake_failure")]
    public async Task A_receiver_that_requires_a_certificate_of_ours_is_a_TLS_failure(SslProtocols version, bool http2, string alert)
    {
        using var openssl = OpenSslServer.Start(version, http2);
        using var attempt = new TestAttempt(tls: openssl.Trusting());

        for (var call = 0; call < Calls; call++)
        {
            var outcome = await attempt.PostAsync(openssl.Url);

            Assert.Equal(FailureKind.TlsFailure, outcome.Failure?.Kind);
            Assert.Contains(alert, outcome.Failure!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Over_HTTP_2_the_alert_is_told_too()
    {
        using var openssl = OpenSslServer.Start(SslProtocols.Tls13, http2: true);
        using var attempt = new TestAttempt(tls: openssl.Trusting());
        var outcomes = new List<AttemptOutcome>();

        for (var call = 0; call < Calls; call++)
        {
            outcomes.Add(await attempt.PostAsync(openssl.Url));
        }

        Assert.All(outcomes, outcome => Assert.Equal(
            (FailureKind.TlsFailure, "The receiver ended TLS with the alert certificate_required."), (outcome.Failure?.Kind, outcome.Failure?.Message)));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_receiver_that_closes_without_an_alert_has_closed(SslProtocols version)
    {
        using var certificate = TlsServer.CreateCertificate();
        await using var server = new RawServer(async connection =>
        {
            await using var tls = new SslStream(connection.Stream);

            try
            {
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        EnabledSslProtocols = version,
                        ClientCertificateRequired = true,
                        RemoteCertificateValidationCallback = (_, given, _, _) => given is not null,
                    },
                    connection.Stopping);
            }
            catch (AuthenticationException)
            {
                // This platform's servers send no alert; they close.
            }
        });
        using var attempt = new TestAttempt(tls: TlsServer.Trusting(certificate));

        var outcome = await attempt.PostAsync($"https://receiver.example:{server.Port}/");

        FailureKind?[] closed = [FailureKind.ConnectionClosed, FailureKind.ConnectionReset];
        Assert.Contains(outcome.Failure?.Kind, closed);
    }

    [Theory]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "certificate_required")]
    [InlineData("error:14094412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate", "bad_certificate")]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", "unknown_ca")]
    [InlineData("error:0A000458:SSL routines::tlsv1 unrecognized name", "unrecognized_name")]
    [InlineData("error:0A000410:SSL routines::ssl/tls alert handshake failure", "handshake_failure")]
    [InlineData("error:0A0004C7:SSL routines::reason(1223)", "number 223")]
    [InlineData("error:0A000086:SSL routines::certificate verify failed", null)]
    [InlineData("error:0A00010B:SSL routines::wrong version number", null)]
    [InlineData("alert handshake failure", null)]
    public void The_alert_is_known_by_its_number(string text, string? alert) =>
        Assert.Equal(alert, TlsAlert.In(new IOException("outer", new AuthenticationException(text))));
}
