from .app import ChatbotApp as ChatbotApp
