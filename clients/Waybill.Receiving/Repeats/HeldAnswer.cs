using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Waybill.Receiving.Repeats;

/// <summary>Holds back what a handler answers. Until it is sent nothing has gone out, so that an error can still be answered as one.</summary>
internal sealed class HeldAnswer : IAsyncDisposable
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _wire;
    private readonly MemoryStream _body = new();
    private readonly StreamResponseBodyFeature _held;

    public HeldAnswer(HttpContext context)
    {
        _context = context;
        _wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _held = new StreamResponseBodyFeature(_body);
    }

    /// <returns>Whether the handler answers 2xx.</returns>
    public async Task<bool> RunAsync(RequestDelegate handler)
    {
        _context.Features.Set<IHttpResponseBodyFeature>(_held);

        try
        {
            await handler(_context);
            await _held.CompleteAsync();
        }
        finally
        {
            _context.Features.Set(_wire);
        }

        return _context.Response.StatusCode is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices;
    }

    public async Task SendAsync()
    {
        // Not even nothing may be written where the status allows no body.
        if (_body.Length > 0)
        {
            await _context.Response.Body.WriteAsync(_body.GetBuffer().AsMemory(0, (int)_body.Length), _context.RequestAborted);
        }
    }

    public ValueTask DisposeAsync()
    {
        _held.Dispose();
        return _body.DisposeAsync();
    }
}
