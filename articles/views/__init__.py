"""The readers' doors: fetch, ask a desk, render."""
