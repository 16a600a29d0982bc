using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary>An https server on loopback with a certificate for receiver.example that only the test trusts.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private TlsServer(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    public X509Certificate2 Certificate => _certificate;

    public string Url => new UriBuilder(_app.Urls.Single()) { Host = "receiver.example" }.ToString();

    /// <param name="issuerUrl">Where the certificate says its issuer's certificate can be fetched.</param>
    /// <param name="answer">Unset, it answers with the protocol's name.</param>
    public static async Task<TlsServer> StartAsync(
        HttpProtocols protocols = HttpProtocols.Http1AndHttp2,
        string? issuerUrl = null,
        RequestDelegate? answer = null)
    {
        var certificate = CreateCertificate(issuerUrl);
        var builder = WebApplication.CreateSlimBuilder();

        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Options(certificate)) });
        }));

        var app = builder.Build();
        app.Run(answer ?? (context => context.Response.WriteAsync(context.Request.Protocol)));
        await app.StartAsync();

        return new TlsServer(app, certificate);
    }

    /// <summary>The production policy, and trust in this server's certificate.</summary>
    public SslClientAuthenticationOptions Trusting() => Trusting(_certificate);

    public static SslClientAuthenticationOptions Trusting(X509Certificate2 certificate)
    {
        var tls = DeliveryWorker.Egress.TlsPolicy.Create();
        tls.CertificateChainPolicy!.TrustMode = X509ChainTrustMode.CustomRootTrust;
        tls.CertificateChainPolicy.CustomTrustStore.Add(certificate);
        return tls;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    /// <summary>Offline: the server would fetch its issuer's certificate as well.</summary>
    private static SslServerAuthenticationOptions Options(X509Certificate2 certificate) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
    };

    public static X509Certificate2 CreateCertificate(string? issuerUrl = null)
    {
        using var key = RSA.Create(2048);
        var subject = new X500DistinguishedName("CN=receiver.example");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("receiver.example");
        request.CertificateExtensions.Add(names.Build());

        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        if (issuerUrl is null)
        {
            return WithStoredKey(request.CreateSelfSigned(from, until));
        }

        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], [issuerUrl]));
        using var issuerKey = RSA.Create(2048);
        var issuer = X509SignatureGenerator.CreateForRSA(issuerKey, RSASignaturePadding.Pkcs1);
        using var signed = request.Create(new X500DistinguishedName("CN=Unknown Issuer"), issuer, from, until, [1, 2, 3]);
        return WithStoredKey(signed.CopyWithPrivateKey(key));
    }

    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }
}
