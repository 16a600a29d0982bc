using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waybill.LocalAws;

namespace Waybill.DeliveryWorker.Tests.Support;

/// <summary><c>openssl s_server</c> that requires a certificate of its client: it ends TLS as servers built on OpenSSL do.</summary>
internal sealed class OpenSslServer : IDisposable
{
    private readonly Process _process;
    private readonly X509Certificate2 _certificate;
    private readonly string _pem;
    private readonly int _port;

    private OpenSslServer(Process process, X509Certificate2 certificate, string pem, int port) =>
        (_process, _certificate, _pem, _port) = (process, certificate, pem, port);

    public string Url => $"https://receiver.example:{_port}/";

    public static OpenSslServer Start(SslProtocols version, bool http2)
    {
        var certificate = TlsServer.CreateCertificate();
        var pem = Path.GetTempFileName();
        using var key = certificate.GetRSAPrivateKey()!;
        File.WriteAllText(pem, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());

        var port = LoopbackPort.Pick();
        string[] arguments =
        [
            "s_server", "-accept", $"127.0.0.1:{port}", "-cert", pem, "-key", pem, "-Verify", "1", "-verify_return_error", "-quiet",
            version == SslProtocols.Tls13 ? "-tls1_3" : "-tls1_2", "-alpn", http2 ? "h2" : "http/1.1",
        ];
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        var server = new OpenSslServer(Process.Start(start)!, certificate, pem, port);
        server.WaitUntilItListens();
        return server;
    }

    public SslClientAuthenticationOptions Trusting() => TlsServer.Trusting(_certificate);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _certificate.Dispose();
        File.Delete(_pem);
    }

    /// <summary>It takes one client at a time, and forgets at once one that only knocks.</summary>
    private void WaitUntilItListens()
    {
        var watch = Stopwatch.StartNew();

        while (!_process.HasExited && watch.Elapsed < TestSupport.Eventually.Deadline)
        {
            try
            {
                using var knock = new TcpClient("127.0.0.1", _port);
                return;
            }
            catch (SocketException)
            {
                Thread.Yield();
            }
        }

        throw new InvalidOperationException($"openssl s_server does not listen: {_process.StandardError.ReadToEnd()}");
    }
}
